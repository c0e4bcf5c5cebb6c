export default { objective: () => 1 };
