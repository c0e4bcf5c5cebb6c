// Sleeps for a random while, reports, fails now and then: none of the waiting may reach the study.
export default async function sleepy({ x, n }, trial) {
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 25));
  trial.report(x, 0);
  if (trial.number % 10 === 9) throw new Error("fails in every run");
  return x * x + n;
}
