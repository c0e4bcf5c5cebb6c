#!/usr/bin/env node
import { parseArgs } from "node:util";
import { VernierError } from "../core/errors.ts";
import { version } from "../core/version.ts";
import { demo, demoHelp } from "./demo.ts";

const help = `vernier ${version}: hyperparameter tuning, the same trials everywhere

Usage: vernier <command> [options]

Commands:
  demo    tune real models on real tables in three searches

Options:
  -h, --help     show this text, or a command's
  -v, --version  show the version
`;

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: "boolean", short: "h" },
      version: { type: "boolean", short: "v" },
      json: { type: "boolean" },
      workers: { type: "string" },
      seed: { type: "string" },
      out: { type: "string" },
    },
  });
  const [command, ...rest] = positionals;
  if (values.version) return print(`${version}\n`);
  if (command === "demo" && rest.length === 0) return values.help ? print(demoHelp) : demo(values);
  if (values.help || command === undefined) return print(help);
  throw new VernierError("invalid-argument", `command: expected "demo", got ${JSON.stringify(positionals.join(" "))}`);
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    // What the user can mend is said in one line; anything else is a defect and shows where it arose.
    const usage =
      error instanceof VernierError || (error as { code?: unknown }).code?.toString().startsWith("ERR_PARSE_ARGS");
    process.stderr.write(`vernier: ${usage ? (error as Error).message : ((error as Error)?.stack ?? String(error))}\n`);
    process.exitCode = usage ? 2 : 1;
  },
);
