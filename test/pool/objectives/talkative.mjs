// Says something of every kind.
export default async function talkative(_, trial) {
  trial.report(0.5, 0);
  trial.setUserAttr("note", { list: [trial.number] });
  trial.setConstraint("none", 0);
  return (await trial.shouldPrune()) ? 1 : trial.suggestFloat("x", 0, 1);
}
