import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  unlinkSync,
  writeSync,
} from "node:fs";

export interface FileFacts {
  readonly isFile: boolean;
  readonly isLink: boolean;
  /** Permission bits only. */
  readonly mode: number;
  readonly owner: number;
  readonly group: number;
  readonly links: number;
}

/** The system calls that an atomic write makes, so that a test can let each of them fail. All throw what node:fs throws. */
export interface FileCalls {
  readonly realPath: (path: string) => string;
  readonly facts: (path: string) => FileFacts;
  /** Throws if this process may not write to the file. */
  readonly checkWritable: (path: string) => void;
  readonly read: (path: string) => Uint8Array;
  /** Creates a file that must not exist, readable by its owner only. */
  readonly create: (path: string) => number;
  readonly openFolder: (path: string) => number;
  /** @returns how many bytes were taken, which may be fewer than given. */
  readonly write: (descriptor: number, bytes: Uint8Array) => number;
  readonly setOwner: (descriptor: number, owner: number, group: number) => void;
  readonly setMode: (descriptor: number, mode: number) => void;
  readonly sync: (descriptor: number) => void;
  readonly close: (descriptor: number) => void;
  readonly rename: (from: string, to: string) => void;
  readonly remove: (path: string) => void;
}

const PERMISSION_BITS = 0o7777;

export const NODE_FILE_CALLS: FileCalls = {
  realPath: (path) => realpathSync(path),
  facts: (path) => {
    const stats = lstatSync(path);
    return {
      isFile: stats.isFile(),
      isLink: stats.isSymbolicLink(),
      mode: stats.mode & PERMISSION_BITS,
      owner: stats.uid,
      group: stats.gid,
      links: stats.nlink,
    };
  },
  checkWritable: (path) => accessSync(path, constants.W_OK),
  read: (path) => readFileSync(path),
  create: (path) => openSync(path, "wx", 0o600),
  openFolder: (path) => openSync(path, "r"),
  write: (descriptor, bytes) => writeSync(descriptor, bytes),
  setOwner: (descriptor, owner, group) => fchownSync(descriptor, owner, group),
  setMode: (descriptor, mode) => fchmodSync(descriptor, mode),
  sync: (descriptor) => fsyncSync(descriptor),
  close: (descriptor) => closeSync(descriptor),
  rename: (from, to) => renameSync(from, to),
  remove: (path) => unlinkSync(path),
};
