export const setup = () => new Promise(() => {});
export default () => 1;
