import { useEffect, useState } from "preact/hooks";

const PAUSE_MS = 150;

/** A value that follows another one at its pauses, for what is too dear to do at every letter. */
export function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(value), PAUSE_MS);
    return () => window.clearTimeout(timer);
  }, [value]);
  return settled;
}
