/** The mean of (yTrue - yPred)^2, in squares of y's unit; 0 is perfect. */
export function meanSquaredError(yTrue: ArrayLike<number>, yPred: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < yTrue.length; i++) {
    const error = (yTrue[i] as number) - (yPred[i] as number);
    sum += error * error;
  }
  return sum / yTrue.length;
}
