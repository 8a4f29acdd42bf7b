/** A bank of unfilled questions in the layout of the shipped example. */
export function unfilledBank(questions: number, subject = "part"): string {
  const blocks = Array.from(
    { length: questions },
    (_, index) =>
      `## Question ${index + 1}\n\n**What does ${subject} number ${index + 1} do, and where does it stop?**\n\n**Answer:** _[To be filled]_\n\n---\n`,
  );
  return `# Questions about ${subject}s\n\n${blocks.join("\n")}`;
}
