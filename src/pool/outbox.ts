import { transfer } from "comlink";
import { show, VernierError } from "../core/errors.ts";
import type { Json } from "../core/json.ts";
import type { Clock } from "../study/clock.ts";
import type { TrialHost } from "../study/runner.ts";
import type { HostApi, Word } from "./protocol.ts";

// Words may wait this many milliseconds for others to travel with. Short trials then need no message but
// their outcome, while the host follows a long one closely, and loses little of one that is cut off.
const patience = 50;

/** The host of one trial as the trial sees it from inside a worker. */
export interface Outbox extends TrialHost {
  /** Sends what waits. */
  flush(): void;
  /** Ends the trial: returns what was not sent yet; whatever is said later is dropped. */
  end(): readonly Word[];
}

/** Calls of Comlink's proxy for `HostApi`: every one is a message. */
export interface RemoteHost {
  hear(...args: Parameters<HostApi["hear"]>): Promise<unknown>;
  shouldPrune(...args: Parameters<HostApi["shouldPrune"]>): Promise<boolean>;
  readonly checkpoints: HostApi["checkpoints"];
}

/** Collects a trial's words and sends them in order, in few messages. */
export function createOutbox(remote: RemoteHost, clock: Clock): Outbox {
  let words: Word[] = [];
  let sentAt = clock.now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ended = false;

  function take(): readonly Word[] {
    clearTimeout(timer);
    timer = undefined;
    const taken = words;
    words = [];
    sentAt = clock.now();
    return taken;
  }

  function flush(): void {
    // The host keeps an error of its own and ends the trial with it; here nobody waits for the answer.
    if (words.length > 0) remote.hear(take()).catch(() => {});
  }

  function say(word: Word): void {
    if (ended) return;
    words.push(word);
    if (clock.now() - sentAt >= patience) flush();
    else timer ??= setTimeout(flush, patience);
  }

  return {
    flush,
    end() {
      ended = true;
      return take();
    },
    report: (value, step) => say(["report", value, step]),
    suggested: (name, drawn) => say(["suggested", name, drawn]),
    setConstraint: (name, value) => say(["constraint", name, value]),
    setUserAttr: (name, value) => say(["userAttr", name, snapshot(name, value)]),
    // A loop that an objective left behind is told to stop.
    shouldPrune: () => (ended ? true : remote.shouldPrune(take())),
    checkpoints: {
      get: (name) => remote.checkpoints.get(name),
      set: (name, bytes) => remote.checkpoints.set(name, transfer(bytes, [bytes.buffer])),
      delete: (name) => remote.checkpoints.delete(name),
    },
  };
}

// A word may be sent later than it is said, and must not change in between.
function snapshot(name: string, value: Json): Json {
  try {
    return structuredClone(value);
  } catch (cause) {
    throw new VernierError("invalid-argument", `"${name}": expected a JSON value, got ${show(value)}`, { cause });
  }
}
