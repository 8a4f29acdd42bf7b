import { render } from "preact";
import { Page } from "./page.tsx";
import { openSession } from "./desk-client.ts";
import { NoSession } from "./expired.tsx";

const client = await openSession();
const root = document.getElementById("app");
if (root !== null) render(client === undefined ? <NoSession /> : <Page client={client} />, root);
