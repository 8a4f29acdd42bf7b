/** Why a draft is rejected, by digit: in the terminal and in the page alike. */
export const REJECT_REASONS: readonly string[] = [
  "wrong",
  "not supported by its sources",
  "beside the question",
  "badly written, or of the wrong length",
  "no reason given",
];
