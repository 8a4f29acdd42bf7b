import { NODE_FILE_CALLS, type FileCalls } from "../../src/files/file-calls.ts";

/** `before`: the call fails. `after`: it is carried out and then reported as failed. `kill`: nothing happens from it on. */
export type FaultKind = "before" | "after" | "kill";

export interface FaultyCalls {
  readonly calls: FileCalls;
  /** Names of the calls made, in order. */
  readonly made: readonly string[];
}

/** The real calls, of which the one numbered `at` (from 0) fails. */
export function faultyCalls(at: number, kind: FaultKind, code: string): FaultyCalls {
  const made: string[] = [];
  const guard = <Given extends readonly unknown[], Result>(
    name: string,
    call: (...given: Given) => Result,
  ): ((...given: Given) => Result) => {
    return (...given) => {
      const turn = made.length;
      made.push(name);
      if (turn === at && kind === "after") call(...given);
      if (turn === at || (turn > at && kind === "kill")) throw systemError(code);
      return call(...given);
    };
  };
  const real = NODE_FILE_CALLS;
  return {
    made,
    calls: {
      realPath: guard("realPath", real.realPath),
      facts: guard("facts", real.facts),
      checkWritable: guard("checkWritable", real.checkWritable),
      read: guard("read", real.read),
      create: guard("create", real.create),
      openFolder: guard("openFolder", real.openFolder),
      write: guard("write", (descriptor: number, bytes: Uint8Array) =>
        real.write(descriptor, bytes.subarray(0, 40_000)),
      ),
      setOwner: guard("setOwner", real.setOwner),
      setMode: guard("setMode", real.setMode),
      sync: guard("sync", real.sync),
      close: guard("close", real.close),
      rename: guard("rename", real.rename),
      remove: guard("remove", real.remove),
    },
  };
}

export function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: injected`), { code });
}
