import { render } from "preact";
import { App } from "./app.tsx";
import { openSession } from "./desk-client.ts";
import { Expired } from "./expired.tsx";

const client = await openSession();
const root = document.getElementById("app");
if (root !== null) render(client === undefined ? <Expired /> : <App client={client} />, root);
