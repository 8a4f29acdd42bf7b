/** Places in the page, by places in the book: codes of candidates are not fit for an address. */
export function candidateAnchor(candidate: number): string {
  return `c${candidate + 1}`;
}

export function answerAnchor(candidate: number, question: number): string {
  return `c${candidate + 1}-q${question + 1}`;
}
