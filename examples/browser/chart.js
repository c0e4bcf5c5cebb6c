// A chart of scores by trial, drawn as SVG: a dot for each trial, a step line for the best so far.
const margin = { top: 12, right: 12, bottom: 28, left: 52 };
const svg = "http://www.w3.org/2000/svg";

/** Draws scores on an `<svg>` element; `total` is how many trials there will be. */
export function createChart(element) {
  return {
    /** `points`: {number, score} of the trials that ended so far, in any order; score is null for failed and pruned ones. */
    draw(points, total) {
      const { width, height } = element.getBoundingClientRect();
      element.setAttribute("viewBox", `0 0 ${width} ${height}`);
      const scores = points.map(({ score }) => score).filter((score) => score !== null);
      const [low, high] = range(scores);
      const x = (number) => margin.left + ((number + 0.5) / total) * (width - margin.left - margin.right);
      const y = (score) =>
        height - margin.bottom - ((Math.max(score, low) - low) / (high - low)) * (height - margin.top - margin.bottom);

      const parts = ticks(low, high).flatMap((tick) => [
        line("grid", margin.left, y(tick), width - margin.right, y(tick)),
        label(margin.left - 8, y(tick) + 4, tick.toFixed(3), "end"),
      ]);
      parts.push(
        label(margin.left, height - 8, "trial 0", "start"),
        label(width - margin.right, height - 8, `${total - 1}`, "end"),
      );
      for (const { number, score } of points) {
        if (score === null) parts.push(...cross(x(number), height - margin.bottom - 4));
        else parts.push(dot(x(number), y(score), `trial ${number}: ${score.toFixed(4)}`));
      }
      if (scores.length > 0) parts.push(bestLine(points, x, y));
      element.replaceChildren(...parts);
    },
  };
}

// Low scores would press the good ones together: the scale begins at the lower quartile's distance below the median.
function range(scores) {
  if (scores.length === 0) return [0, 1];
  const sorted = [...scores].sort((a, b) => a - b);
  const at = (share) => sorted[Math.floor(share * (sorted.length - 1))];
  const high = sorted.at(-1);
  const low = Math.max(sorted[0], at(0.5) - 4 * Math.max(at(0.5) - at(0.25), 0.005));
  const rim = Math.max((high - low) * 0.08, 0.002);
  return [low - rim, high + rim];
}

function ticks(low, high) {
  const rough = (high - low) / 6;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough);
  const found = [];
  for (let tick = Math.ceil(low / step) * step; tick <= high; tick += step) found.push(tick);
  return found;
}

function bestLine(points, x, y) {
  let best = Number.NEGATIVE_INFINITY;
  const steps = [];
  for (const { number, score } of [...points].sort((a, b) => a.number - b.number)) {
    if (score !== null && score > best) {
      if (steps.length > 0) steps.push(`H ${x(number)}`, `V ${y(score)}`);
      else steps.push(`M ${x(number)} ${y(score)}`);
      best = score;
    }
  }
  steps.push(`H ${x(Math.max(...points.map(({ number }) => number)))}`);
  return create("path", { class: "best", d: steps.join(" ") });
}

function dot(cx, cy, title) {
  const element = create("circle", { class: "trial", cx, cy, r: 3.5 });
  element.append(Object.assign(document.createElementNS(svg, "title"), { textContent: title }));
  return element;
}

function cross(x, y) {
  return [line("failed", x - 3, y - 3, x + 3, y + 3), line("failed", x - 3, y + 3, x + 3, y - 3)];
}

function line(kind, x1, y1, x2, y2) {
  return create("line", { class: kind, x1, y1, x2, y2 });
}

function label(x, y, text, anchor) {
  return Object.assign(create("text", { x, y, "text-anchor": anchor }), { textContent: text });
}

function create(name, attributes) {
  const element = document.createElementNS(svg, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
