import { writeFileSync } from "node:fs";
import { seeded } from "./model-rig.ts";

// A model of the llama kind as the GGUF format (version 3) has it: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
// Its weights are chance and its tokens bytes, so what it writes is noise: all the better to see whether noise can get through.

const WIDTH = 64;
const HEADS = 4;
const LAYERS = 2;
const INNER = 128;
const ALIGNMENT = 32;

const UINT32 = 4;
const INT32 = 5;
const FLOAT32 = 6;
const STRING = 8;
const ARRAY = 9;
/** Kinds of tokens. */
const NORMAL = 1;
const UNKNOWN = 2;
const CONTROL = 3;
const BYTE = 6;

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function float32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return bytes;
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([uint64(bytes.length), bytes]);
}

function entry(key: string, kind: number, value: Buffer): Buffer {
  return Buffer.concat([text(key), uint32(kind), value]);
}

function list(key: string, kind: number, values: readonly Buffer[]): Buffer {
  return entry(key, ARRAY, Buffer.concat([uint32(kind), uint64(values.length), ...values]));
}

const bytes = Array.from({ length: 256 }, (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`);
const TOKENS: readonly (readonly [string, number])[] = [
  ["<unk>", UNKNOWN],
  ["<s>", CONTROL],
  ["</s>", CONTROL],
  ...bytes.map((name) => [name, BYTE] as const),
  ["▁", NORMAL],
];

function description(contextTokens: number): readonly Buffer[] {
  const number = (key: string, value: number): Buffer => entry(key, UINT32, uint32(value));
  return [
    entry("general.architecture", STRING, text("llama")),
    number("llama.context_length", contextTokens),
    number("llama.embedding_length", WIDTH),
    number("llama.block_count", LAYERS),
    number("llama.feed_forward_length", INNER),
    number("llama.attention.head_count", HEADS),
    number("llama.rope.dimension_count", WIDTH / HEADS),
    entry("llama.attention.layer_norm_rms_epsilon", FLOAT32, float32(1e-5)),
    entry("tokenizer.ggml.model", STRING, text("llama")),
    list(
      "tokenizer.ggml.tokens",
      STRING,
      TOKENS.map(([name]) => text(name)),
    ),
    list(
      "tokenizer.ggml.scores",
      FLOAT32,
      TOKENS.map(() => float32(0)),
    ),
    list(
      "tokenizer.ggml.token_type",
      INT32,
      TOKENS.map(([, kind]) => uint32(kind)),
    ),
    number("tokenizer.ggml.bos_token_id", 1),
    number("tokenizer.ggml.eos_token_id", 2),
    number("tokenizer.ggml.unknown_token_id", 0),
  ];
}

type Tensor = readonly [name: string, ...shape: number[]];

function tensors(): readonly Tensor[] {
  const layers = Array.from({ length: LAYERS }, (_, layer): readonly Tensor[] => [
    [`blk.${layer}.attn_norm.weight`, WIDTH],
    [`blk.${layer}.attn_q.weight`, WIDTH, WIDTH],
    [`blk.${layer}.attn_k.weight`, WIDTH, WIDTH],
    [`blk.${layer}.attn_v.weight`, WIDTH, WIDTH],
    [`blk.${layer}.attn_output.weight`, WIDTH, WIDTH],
    [`blk.${layer}.ffn_norm.weight`, WIDTH],
    [`blk.${layer}.ffn_gate.weight`, WIDTH, INNER],
    [`blk.${layer}.ffn_down.weight`, INNER, WIDTH],
    [`blk.${layer}.ffn_up.weight`, WIDTH, INNER],
  ]);
  const size = TOKENS.length;
  return [
    ["token_embd.weight", WIDTH, size],
    ...layers.flat(),
    ["output_norm.weight", WIDTH],
    ["output.weight", WIDTH, size],
  ];
}

function padded(data: Buffer): Buffer {
  return Buffer.concat([data, Buffer.alloc((ALIGNMENT - (data.length % ALIGNMENT)) % ALIGNMENT)]);
}

/** Writes a model of half a megabyte, the same for the same seed. */
export function writeTinyModel(path: string, { seed = 1, contextTokens = 8_192 } = {}): string {
  const random = seeded(seed);
  const infos: Buffer[] = [];
  const data: Buffer[] = [];
  let offset = 0;
  for (const [name, ...shape] of tensors()) {
    const length = shape.reduce((product, each) => product * each, 1);
    const isNorm = name.includes("norm");
    const values = Float32Array.from({ length }, () => (isNorm ? 1 : (random() - 0.5) * 0.4));
    const block = padded(Buffer.from(values.buffer));
    infos.push(Buffer.concat([text(name), uint32(shape.length), ...shape.map(uint64), uint32(0), uint64(offset)]));
    data.push(block);
    offset += block.length;
  }
  const entries = description(contextTokens);
  const head = [Buffer.from("GGUF"), uint32(3), uint64(infos.length), uint64(entries.length), ...entries, ...infos];
  writeFileSync(path, Buffer.concat([padded(Buffer.concat(head)), ...data]));
  return path;
}
