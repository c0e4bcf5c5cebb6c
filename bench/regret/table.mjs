/** Regrets below this are all alike to a user. */
const alike = 1e-3;

/** Medians within this ratio of each other mostly differ by the luck of the seeds. */
const luck = 1.5;

const multiple = (ours, theirs) => Math.max(ours, alike) / Math.max(theirs, alike);
const figure = (value) => value.toPrecision(2).replace("e+", "e");

/**
 * One sampler's medians after so many evaluations beside the peers': "=" marks a peer to whom ours is no worse,
 * "<" one that is better; the last columns are the best peer's and ours as a multiple of it.
 */
export function compare(rows, peers, evaluations) {
  const lines = [];
  const score = new Map();
  const count = (peer, ratio) => {
    const { wins, near, of } = score.get(peer) ?? { wins: 0, near: 0, of: 0 };
    score.set(peer, { wins: wins + (ratio <= 1 ? 1 : 0), near: near + (ratio <= luck ? 1 : 0), of: of + 1 });
  };
  for (const { objective, median } of rows) {
    const ours = median[Math.min(evaluations, median.length) - 1];
    const cells = [];
    let best = null;
    for (const [peer, { medians }] of peers) {
      const theirs = medians[evaluations]?.[objective];
      if (theirs === undefined) continue;
      const ratio = multiple(ours, theirs);
      count(peer, ratio);
      if (best === null || theirs < best.regret) best = { peer, regret: theirs };
      cells.push({ peer, theirs, wins: ratio <= 1 });
    }
    const ratio = best === null ? null : multiple(ours, best.regret);
    if (best !== null) count("the best peer", ratio);
    lines.push({ objective, ours, cells, best, ratio });
  }
  const withinTwice = lines.filter(({ ratio }) => ratio !== null && ratio <= 2).length;
  return { evaluations, lines, score: Object.fromEntries(score), withinTwice };
}

export function print(sampler, seeds, { evaluations, lines, score, withinTwice }, peers) {
  console.log(`\n${sampler}, median regret after ${evaluations} evaluations, ${seeds} seeds`);
  const names = peers.map(([peer]) => peer);
  const width = (name) => Math.max(9, name.length + 2);
  console.log(
    `${"".padEnd(20)}${"ours".padStart(9)}${names.map((name) => name.padStart(width(name))).join("")}   best`,
  );
  for (const { objective, ours, cells, ratio } of lines) {
    const shown = names.map((name) => {
      const cell = cells.find(({ peer }) => peer === name);
      return (cell === undefined ? "" : `${cell.wins ? "=" : "<"} ${figure(cell.theirs)}`).padStart(width(name));
    });
    const shownRatio = ratio === null ? "" : `   x ${ratio.toPrecision(2)}`;
    console.log(`${objective.padEnd(20)}${figure(ours).padStart(9)}${shown.join("")}${shownRatio}`);
  }
  for (const [peer, { wins, near, of }] of Object.entries(score)) {
    console.log(`  no worse than ${peer}: ${wins} of ${of} (${near} within ${luck} times)`);
  }
  const measured = lines.filter(({ best }) => best !== null).length;
  if (measured > 0) console.log(`  at most twice the best peer's: ${withinTwice} of ${measured}`);
}
