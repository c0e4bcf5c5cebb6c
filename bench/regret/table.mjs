/** Regrets below this are all alike to a user. */
const alike = 1e-3;

const noWorse = (ours, theirs) => Math.max(ours, alike) <= Math.max(theirs, alike);
const figure = (value) => value.toPrecision(2).replace("e+", "e");

/**
 * One sampler's medians after so many evaluations beside the peers': "=" marks a peer to whom ours is no worse,
 * "<" one that is better; the last columns are the best peer's and ours as a multiple of it.
 */
export function compare(rows, peers, evaluations) {
  const lines = [];
  const score = new Map();
  for (const { objective, median } of rows) {
    const ours = median[Math.min(evaluations, median.length) - 1];
    const cells = [];
    let best = null;
    for (const [peer, { medians }] of peers) {
      const theirs = medians[evaluations]?.[objective];
      if (theirs === undefined) continue;
      const wins = noWorse(ours, theirs);
      const count = score.get(peer) ?? { wins: 0, of: 0 };
      score.set(peer, { wins: count.wins + (wins ? 1 : 0), of: count.of + 1 });
      if (best === null || theirs < best.regret) best = { peer, regret: theirs };
      cells.push({ peer, theirs, wins });
    }
    const ratio = best === null ? null : Math.max(ours, alike) / Math.max(best.regret, alike);
    if (best !== null) {
      const count = score.get("the best peer") ?? { wins: 0, of: 0 };
      score.set("the best peer", { wins: count.wins + (ratio <= 1 ? 1 : 0), of: count.of + 1 });
    }
    lines.push({ objective, ours, cells, best, ratio });
  }
  return { evaluations, lines, score: Object.fromEntries(score) };
}

export function print(sampler, seeds, { evaluations, lines, score }, peers) {
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
    const multiple = ratio === null ? "" : `   x ${ratio.toPrecision(2)}`;
    console.log(`${objective.padEnd(20)}${figure(ours).padStart(9)}${shown.join("")}${multiple}`);
  }
  for (const [peer, { wins, of }] of Object.entries(score)) console.log(`  no worse than ${peer}: ${wins} of ${of}`);
}
