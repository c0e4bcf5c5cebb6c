#!/usr/bin/env node
import { type ParseArgsConfig, parseArgs } from "node:util";
import { VernierError } from "../core/errors.ts";
import { version } from "../core/version.ts";
import { demo, demoHelp } from "./demo.ts";
import { tune, tuneHelp } from "./tune.ts";

const help = `vernier ${version}: hyperparameter tuning, the same trials everywhere

Usage: vernier <command> [options]

Commands:
  demo          tune real models on real tables in four searches
  tune TABLE    the best settings of a model on a table

Options:
  -h, --help     show this text, or a command's
  -v, --version  show the version
`;

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;
const everywhere = { help: { type: "boolean", short: "h" }, version: { type: "boolean", short: "v" } } as const;
const demoOptions = { json: flag, workers: text, seed: text, out: text } as const;
const tuneOptions = {
  target: text,
  model: text,
  scale: flag,
  scoring: text,
  cv: text,
  sampler: text,
  trials: text,
  patience: text,
  seed: text,
  workers: text,
  lag: text,
  journal: text,
  json: flag,
} as const;

async function main(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args;
  if (command === "demo") {
    const { values } = parse(rest, demoOptions, 0);
    return values.help ? print(demoHelp) : demo(values);
  }
  if (command === "tune") {
    const { values, positionals } = parse(rest, tuneOptions, 1);
    if (values.help) return print(tuneHelp);
    if (positionals[0] !== undefined) return tune(positionals[0], values);
    throw new VernierError("invalid-argument", "tune: expected the name of a table or a CSV file, got none");
  }
  const { values, positionals } = parse(args, {}, Number.POSITIVE_INFINITY);
  if (values.version) return print(`${version}\n`);
  if (values.help || command === undefined) return print(help);
  const got = JSON.stringify(positionals.join(" "));
  throw new VernierError("invalid-argument", `command: expected "demo" or "tune", got ${got}`);
}

function parse<O extends NonNullable<ParseArgsConfig["options"]>>(
  args: readonly string[],
  options: O,
  positions: number,
) {
  const parsed = parseArgs({ args: [...args], allowPositionals: true, options: { ...everywhere, ...options } });
  const extra = parsed.positionals[positions];
  if (extra === undefined) return parsed;
  throw new VernierError(
    "invalid-argument",
    `arguments: expected at most ${positions}, got ${JSON.stringify(extra)} as well`,
  );
}

function print(words: string): number {
  process.stdout.write(words);
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
