import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What these files of test/support export, which are TypeScript. */
export async function support(files) {
  const contents = files.map((file) => `export * from "./test/support/${file}";`).join("\n");
  const stdin = { contents, resolveDir: root };
  const { outputFiles } = await build({ stdin, bundle: true, format: "esm", write: false });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}

/** The tests' objectives and regret traces. */
export function measures() {
  return support(["objectives.ts", "more-objectives.ts", "multi-objectives.ts", "regret.ts", "feedback.ts"]);
}
