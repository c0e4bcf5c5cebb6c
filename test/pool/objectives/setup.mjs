let calls = 0;
let data;

export async function setup(workerData) {
  await new Promise((resolve) => setTimeout(resolve, workerData.delay ?? 5));
  calls++;
  data = workerData;
}

export default ({ index }) => [data.rows[index], Object.is(data.zero, -0) ? 1 : 0, calls];
