export const setup = () => {
  throw new RangeError("no such table");
};
export default () => 1;
