import { honestReply } from "../e2e/grading-project.ts";
import { goodDraft, goodReply, questionIn, taskOf } from "./model-replies.ts";
import { reply, type Behaviour, type Seen } from "./model-server.ts";

/** What the model of the documents knows, by a word of the question. */
const ANSWERS: Readonly<Record<string, string>> = {
  "DNS mostly asked over UDP":
    "A question and its answer fit into one packet each, so setting up a connection would cost more than the exchange itself.\n\n" +
    "A resolver keeps no state for a client either: it answers and forgets, which lets one server serve very many. A packet " +
    "that gets lost is simply asked for again after a short wait.\n\n" +
    "TCP comes in where an answer is too large for one packet, for transfers of whole zones, and where the exchange is to be " +
    "encrypted. A client that gets a truncated answer over UDP asks the same question again over TCP.",
  "reverse proxy hide":
    "The client sees one name and one certificate, and not which machines answer behind them.\n\n" +
    "How many servers there are, where they stand, which of them is down and which version each one runs is the proxy's " +
    "business: it ends the TLS connection, picks a server, and passes the request on.\n\n" +
    "Servers can be added, replaced and restarted while clients notice nothing but, at worst, a slower reply. What the client " +
    "sent does reach them: the proxy adds the client's own address in a header, since they would see only the proxy's.",
};

/** A model that answers the questions of the how-tos, finds nothing to criticise, and judges by accepted wordings. */
export function documentReply(seen: Seen): Behaviour {
  if (seen.user.includes("The candidate's answer, in numbered segments:")) return honestReply(seen);
  const question = questionIn(seen);
  const word = Object.keys(ANSWERS).find((key) => question.includes(key));
  if (taskOf(seen) !== "draft" || word === undefined) return goodReply(seen);
  const draft = { ...goodDraft(question), answer: ANSWERS[word] ?? "" };
  return reply(JSON.stringify(draft), { usage: { input: 800, output: 200 } });
}
