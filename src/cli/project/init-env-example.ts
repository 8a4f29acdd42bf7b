/** A file to copy: it says where a key goes, and holds none. */
export const ENV_EXAMPLE = `# Copy this file to .env, make it yours alone (chmod 600 .env), and never commit it.
# answerkey reads it from the project folder; variables of the environment win.

# The key of the endpoint. Not needed for --provider offline or a server on this machine.
OPENAI_API_KEY=

# An OpenAI-compatible endpoint in place of OpenAI's; the key above is sent there.
# OPENAI_BASE_URL=http://127.0.0.1:11434/v1

# The model, where neither --model nor the configuration names one.
# OPENAI_MODEL=
`;
