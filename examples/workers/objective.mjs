// Evaluated in worker threads: the default export is the objective, `setup` runs once in each worker.
let offset = 0;

export function setup(data) {
  offset = data.offset;
}

export default function objective({ x }) {
  return (x - offset) ** 2;
}
