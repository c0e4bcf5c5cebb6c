// The page: reads the form, runs the search in workers, shows each trial as it ends.
import { createChart } from "./chart.js";
import { commandLine, models, samplers, search, tables } from "./searches.js";

const at = (id) => document.getElementById(id);
const form = at("search");
const chart = createChart(at("chart"));

fill("table", Object.fromEntries(Object.keys(tables).map((name) => [name, name])));
fill("model", models);
fill("sampler", Object.fromEntries(Object.keys(samplers).map((name) => [name, name])));
form.elements.workers.value = Math.min(navigator.hardwareConcurrency ?? 1, 4);

let running = null;

form.addEventListener("submit", (event) => {
  event.preventDefault();
  run(settings());
});
at("cancel").addEventListener("click", () => running?.abort(new Error("cancelled on the page")));

async function run(chosen) {
  running = new AbortController();
  setRunning(true);
  const ended = [];
  const show = () => {
    chart.draw(ended.map(toPoint), chosen.trials);
    showRows(ended);
    say(`${ended.length} of ${chosen.trials} trials`);
  };
  at("digest").textContent = "after the last trial";
  at("best").textContent = "none yet";
  at("command").textContent = commandLine(chosen);
  const startedAt = performance.now();
  try {
    show();
    const study = await search(chosen, {
      signal: running.signal,
      onTrial(trial) {
        ended.push(trial);
        show();
      },
    });
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    if (study.stopReason === "aborted") say(`cancelled after ${ended.length} of ${chosen.trials} trials, ${seconds} s`);
    else {
      say(`${ended.length} trials in ${seconds} s`);
      at("digest").textContent = study.digest();
    }
  } catch (error) {
    say(
      running.signal.aborted
        ? `cancelled after ${ended.length} of ${chosen.trials} trials`
        : `${error.name}: ${error.message}`,
      !running.signal.aborted,
    );
  } finally {
    running = null;
    setRunning(false);
  }
}

function settings() {
  const { table, model, sampler, ...numbers } = Object.fromEntries(new FormData(form));
  return {
    table,
    model,
    sampler,
    ...Object.fromEntries(Object.entries(numbers).map(([name, text]) => [name, Number(text)])),
  };
}

// A search ranks scores: greater is better.
function toPoint({ number, values }) {
  return { number, score: values?.[0] ?? null };
}

function showRows(trials) {
  const scored = trials
    .filter(({ values }) => values !== null)
    .sort((a, b) => b.values[0] - a.values[0] || a.number - b.number);
  const best = scored[0];
  if (best !== undefined) at("best").textContent = `${best.values[0].toFixed(4)} with ${describe(best.params)}`;
  at("rows").replaceChildren(
    ...scored.slice(0, 5).map(({ number, values, params }, i) => {
      const row = document.createElement("tr");
      for (const text of [i + 1, number, values[0].toFixed(4), describe(params)]) row.insertCell().textContent = text;
      return row;
    }),
  );
}

function describe(params) {
  const names = Object.entries(params).map(([name, value]) => {
    const short = name.split(".").slice(1).join(".") || name;
    return `${short}=${typeof value === "number" ? Number(value.toPrecision(4)) : value}`;
  });
  return names.join(" ");
}

function say(text, isError = false) {
  at("status").textContent = text;
  at("status").classList.toggle("error", isError);
}

function setRunning(isRunning) {
  at("start").disabled = isRunning;
  at("cancel").disabled = !isRunning;
}

function fill(name, options) {
  form.elements[name].append(...Object.entries(options).map(([value, text]) => new Option(text, value)));
}
