/**
 * Cosine and sine of an angle in degrees, within 1e-15, and exact at multiples of 90: by their series, as hosts' functions
 * differ in the last bits.
 */
export function cosineAndSine(degrees: number): readonly [cosine: number, sine: number] {
  const quarters = Math.round(degrees / 90);
  const x = (degrees - 90 * quarters) * (Math.PI / 180);
  let [cosine, sine] = [1, 1];
  // |x| <= pi / 4: what is left out is below 1e-17.
  for (let k = 16; k > 0; k -= 2) {
    cosine = 1 - (cosine * x * x) / (k * (k - 1));
    sine = 1 - (sine * x * x) / (k * (k + 1));
  }
  sine *= x;
  for (let k = ((quarters % 4) + 4) % 4; k > 0; k--) [cosine, sine] = [-sine, cosine];
  return [cosine, sine];
}
