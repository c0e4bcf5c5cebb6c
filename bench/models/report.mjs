const figure = (value) => (value >= 1000 ? value.toFixed(0) : value.toPrecision(3));
const line = (cells) =>
  cells[0].padEnd(54) +
  cells
    .slice(1)
    .map((cell) => cell.padStart(15))
    .join("");

export const heading = (rival) =>
  line(["milliseconds", "vernier", ...(rival ? ["scikit-learn", "times as fast", "by processor"] : [])]);

/** A line for one job: medians of both, the ratio of wall times, that of processor times; what each reached. */
export function jobLine({ title, note, ours, theirs, scaled }) {
  if (ours.missing !== undefined) return `${title.padEnd(54)}  skipped: ${ours.missing}`;
  const cells = [title, figure(ours.ms)];
  if (theirs?.missing !== undefined) return `${line(cells)}  scikit-learn: ${theirs.missing}`;
  if (theirs !== undefined) {
    cells.push(figure(theirs.ms), figure(theirs.ms / ours.ms), figure(theirs.processorMs / ours.processorMs));
  } else if (scaled !== undefined) {
    cells.push(`(${figure(scaled)})`, `(${figure(scaled / ours.ms)})`);
  }
  const beside = theirs !== undefined || scaled !== undefined;
  const notes = [
    reached(ours, theirs),
    scaled === undefined ? undefined : "scaled up from a part",
    beside ? note : undefined,
  ];
  return `${line(cells)}  ${notes.filter((note) => note !== undefined).join("; ")}`;
}

function reached({ reached: mine }, theirs) {
  const its = theirs?.reached;
  if (mine.means === undefined) {
    const names = Object.keys(mine);
    const values = (from) => names.map((name) => from[name].toPrecision(6)).join(", ");
    return `${names.join(", ")} ${values(mine)}${its === undefined ? "" : ` against ${values(its)}`}`;
  }
  const best = `best mean ${Math.max(...mine.means).toFixed(5)}`;
  if (its === undefined) return best;
  const difference = Math.max(...mine.means.map((mean, i) => Math.abs(mean - its.means[i])));
  return `${best} against ${Math.max(...its.means).toFixed(5)}, means differ by ${difference.toPrecision(2)} at most`;
}

/** Peak memory of the jobs that had processes of their own. */
export function memoryLine({ title, ours, theirs }) {
  const of = (answer) => `${answer.peakMegabytes.toFixed(0)} MB`;
  const rival = theirs?.peakMegabytes === undefined ? "" : `, scikit-learn ${of(theirs)}`;
  return `peak memory of the process, ${title}: vernier ${of(ours)}${rival}`;
}
