import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { UserError } from "../../src/core/errors.ts";
import { FakeDesk } from "./fake-desk.ts";
import { ManualClock } from "./manual-clock.ts";
import { rawRequest, requestText } from "./raw-request.ts";
import { ASSETS, Client, openClient, redeem, type Running, sessionReply, startServer } from "./running-server.ts";
import { JUDGE_WORDS } from "./sample-cards.ts";

const ID = "q-000000000000";
const ITEM = `/api/items/${ID}`;
const ACCEPT = { action: "accept" };

describe("the page", () => {
  test("comes from memory, three files and no more", async () => {
    const { origin } = await startServer();
    const files = await Promise.all(["/", "/app.js", "/app.css", "/app.js?v=1"].map((path) => fetch(origin + path)));
    const texts = await Promise.all(files.map((file) => file.text()));
    expect(texts).toEqual([ASSETS.html, ASSETS.script, ASSETS.style, ASSETS.script]);
    expect(files.map(({ headers }) => headers.get("content-type"))).toEqual([
      "text/html; charset=utf-8",
      "text/javascript; charset=utf-8",
      "text/css; charset=utf-8",
      "text/javascript; charset=utf-8",
    ]);
    expect((await fetch(`${origin}/favicon.ico`)).status).toBe(404);
  });
});

describe("the port", () => {
  test("may be chosen, and one that is taken is told", async () => {
    const { server } = await startServer();
    const second = startServer({ port: server.port });
    await expect(second).rejects.toThrow(new UserError(`cannot open port ${server.port} on 127.0.0.1`));
    await server.stop();
    expect((await startServer({ port: server.port })).server.port).toBe(server.port);
  });
});

describe("the session", () => {
  test("opens once, with the code of the url", async () => {
    const running = await startServer();
    expect(running.server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#[\w-]{43}$/);
    expect((await redeem(running)).status).toBe(200);
    expect((await redeem(running)).status).toBe(401);
  });

  test("opens for a minute", async () => {
    const clock = new ManualClock();
    const running = await startServer({ clock });
    clock.advance(60_000);
    expect((await redeem(running)).status).toBe(401);
  });

  test("needs the code in its header, neither in the address nor in the body", async () => {
    const running = await startServer();
    const { origin, launchCode } = running;
    const headers = { "content-type": "application/json" };
    const inQuery = await fetch(`${origin}/api/session?launch=${launchCode}`, { method: "POST", headers, body: "{}" });
    const body = JSON.stringify({ launch: launchCode });
    const inBody = await fetch(`${origin}/api/session`, { method: "POST", headers, body });
    expect([inQuery.status, inBody.status]).toEqual([401, 400]);
    expect((await redeem(running)).status).toBe(200);
  });

  test("leaves no secret in a header or a fault, and never a cookie", async () => {
    const desk = new FakeDesk();
    const running = await startServer({ desk });
    const opened = await redeem(running);
    const { token } = sessionReply.parse(await opened.json());
    const client = new Client(running.origin, token);
    desk.activity = () => {
      throw new Error("the log is torn");
    };
    const answers = [
      opened,
      await client.get("/api/queue"),
      await client.get("/api/log"),
      await client.get(`/api/nothing?token=${token}`),
      await client.send("POST", `${ITEM}/decision`, `{"action":"${token}"}`, { etag: token }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 500, 404, 400]);
    const heads = answers.map(({ headers }) => [...headers].flat().join("\n")).join("\n");
    const bodies = (await Promise.all(answers.slice(1).map((answer) => answer.text()))).join("\n");
    for (const secret of [token, running.launchCode]) {
      expect(heads + bodies + running.errors.map(String).join("\n")).not.toContain(secret);
    }
    expect(heads).not.toMatch(/set-cookie|access-control/i);
  });
});

describe("faults", () => {
  test("are told to the terminal and not to the page", async () => {
    const desk = new FakeDesk();
    const fault = new UserError("cannot write /home/somebody/bank.md", { hint: "look at /home" });
    desk.apply = () => Promise.reject(fault);
    const running = await startServer({ desk });
    const client = await openClient(running);
    const answer = await client.send("POST", "/api/apply", { dryRun: true });
    expect({ status: answer.status, body: await answer.json() }).toEqual({
      status: 500,
      body: { message: "Something went wrong; the terminal that the command runs in says what." },
    });
    expect(running.errors).toEqual([fault]);
    expect((await client.send("POST", "/api/apply", { dryRun: true })).status).toBe(500);
    expect((await client.send("POST", "/api/undo", { seq: null })).status).toBe(422);
  });
});

describe("reading", () => {
  test("gives the queue, an item with its etag, the log and a comparison", async () => {
    const desk = new FakeDesk();
    const client = await openClient(await startServer({ desk }));
    expect(await (await client.get("/api/queue")).json()).toEqual(desk.queue());
    const item = await client.get(ITEM);
    expect(item.headers.get("etag")).toBe(`"${ID}.1"`);
    expect(await item.json()).toEqual(desk.item(ID, true));
    expect(await (await client.get("/api/log")).json()).toEqual([]);
    const runs = new URLSearchParams({ left: "2026-11-20t10-00-00z-aaaa", right: "2026-11-22t09-30-00z-bbbb" });
    const comparison = await client.get(`/api/compare?${runs.toString()}`);
    expect(await comparison.json()).toEqual(desk.compare(runs.get("left") ?? "", runs.get("right") ?? ""));
    const none = await Promise.all(
      ["/api/compare?left=a&right=b", "/api/compare?left=a", "/api/compare?left=&right=b", "/api/items/q-none"].map(
        async (path) => (await client.get(path)).status,
      ),
    );
    expect(none).toEqual([404, 400, 400, 404]);
  });

  test("is waited for, while the page itself is there at once", async () => {
    const desk = new Promise<FakeDesk>((resolve) => void setTimeout(() => resolve(new FakeDesk()), 300));
    const running = await startServer({ desk });
    const client = await openClient(running);
    expect(await (await fetch(`${running.origin}/`)).text()).toBe(ASSETS.html);
    const queue = client.get("/api/queue");
    expect(await Promise.race([queue.then(() => "queue"), desk.then(() => "desk")])).toBe("desk");
    expect((await queue).status).toBe(200);
    expect((await client.get("/api/events")).status).toBe(200);
  });

  test("that cannot be opened is a fault for the terminal", async () => {
    const running = await startServer({ desk: Promise.reject(new Error("no bank")) });
    const client = await openClient(running);
    expect((await client.get("/api/queue")).status).toBe(500);
    expect(running.errors).toEqual([new Error("no bank")]);
  });

  test("a queue of 3,000 comes whole", async () => {
    const desk = new FakeDesk({ drafts: 3_000, grades: 0 });
    const client = await openClient(await startServer({ desk }));
    expect(await (await client.get("/api/queue")).json()).toEqual(desk.queue());
  });
});

describe("blindness", () => {
  const GRADE = "/api/items/g-000000000000";

  test("holds unless the page says outright that it does not", async () => {
    const client = await openClient(await startServer());
    const texts = await Promise.all(
      ["", "?", "?blind=1", "?other=0", "?Blind=0"].map(async (query) => (await client.get(GRADE + query)).text()),
    );
    expect(texts.filter((text) => text.includes(JUDGE_WORDS))).toEqual([]);
    const odd = ["?blind=", "?blind=false", "?blind=00", "?blind=0&blind=1", "?blind=1&blind=0", "?blind=0&blind=0"];
    const statuses = await Promise.all(odd.map(async (query) => (await client.get(GRADE + query)).status));
    expect(statuses).toEqual(odd.map(() => 400));
    expect(await (await client.get(`${GRADE}?blind=0`)).text()).toContain(JUDGE_WORDS);
  });

  test("ends with the reviewer's own levels, not before", async () => {
    const client = await openClient(await startServer());
    const mark = (levels: object): Promise<Response> =>
      client.send("POST", `${GRADE}/decision`, { action: "mark", levels }, { etag: "g-000000000000.1" });
    const refused = await mark({ purpose: "full" });
    expect(refused.status).toBe(422);
    const everything = ["/api/queue", "/api/log", GRADE].map(async (path) => (await client.get(path)).text());
    expect((await Promise.all(everything)).join("")).not.toContain(JUDGE_WORDS);
    const done = await mark({ purpose: "part", cost: "full" });
    expect(done.headers.get("etag")).toBe('"g-000000000000.2"');
    expect(await done.text()).not.toContain(JUDGE_WORDS);
    expect(await (await client.get(GRADE)).text()).toContain(JUDGE_WORDS);
  });
});

describe("changing", () => {
  test("a decision, an edit, a batch, an apply and an undo do what they say", async () => {
    const client = await openClient(await startServer());
    const draft = await client.send("PUT", `${ITEM}/draft`, { draft: "Shorter." }, { etag: `${ID}.1` });
    expect(await draft.json()).toEqual({ status: "done", etag: `${ID}.2`, message: "Done: edit." });
    const accepted = await client.send("POST", `${ITEM}/decision`, ACCEPT, { etag: `${ID}.2` });
    expect(accepted.headers.get("etag")).toBe(`"${ID}.3"`);
    const items = [{ id: "q-000000000003", etag: "q-000000000003.1" }];
    expect((await client.send("POST", "/api/batch", { items, expectedCount: 1 })).status).toBe(200);
    const dry = await client.send("POST", "/api/apply", { dryRun: true });
    expect(await dry.json()).toMatchObject({ dryRun: true, written: 2, refused: [] });
    expect(await (await client.send("POST", "/api/apply", { dryRun: false })).json()).toMatchObject({ written: 2 });
    const undone = await client.send("POST", "/api/undo", { seq: null });
    expect(await undone.json()).toEqual({ status: "done", etag: "q-000000000003.4", message: "Undone: apply." });
  });

  test("what the desk refuses is 422, with its words", async () => {
    const client = await openClient(await startServer());
    const answer = await client.send("PUT", `${ITEM}/draft`, { draft: "## Question 9" }, { etag: `${ID}.1` });
    const body = { status: "refused", message: "The draft would add a question to the file." };
    expect({ status: answer.status, body: await answer.json() }).toEqual({ status: 422, body });
  });

  test("a stale etag is 412, for every change of an item", async () => {
    const desk = new FakeDesk();
    const client = await openClient(await startServer({ desk }));
    desk.changeOnDisk(ID);
    const before = desk.item(ID, true);
    const decisions = [
      ACCEPT,
      { action: "undo" },
      { action: "reject", reason: "" },
      { action: "redo", reason: "longer" },
      { action: "reanchor" },
      { action: "mark", levels: {} },
      { action: "override", levels: {}, reason: "x" },
      { action: "confirm", reason: "" },
      { action: "withdraw", reason: "x" },
    ];
    for (const etag of [`${ID}.1`, `${ID}.3`, "", "*"]) {
      for (const decision of decisions) {
        expect((await client.send("POST", `${ITEM}/decision`, decision, { etag })).status).toBe(412);
      }
      expect((await client.send("PUT", `${ITEM}/draft`, { draft: "x" }, { etag })).status).toBe(412);
    }
    const several = { headers: { "if-match": `"${ID}.1", "${ID}.2"` } };
    expect((await client.send("POST", `${ITEM}/decision`, ACCEPT, several)).status).toBe(412);
    expect((await client.send("POST", "/api/items/q-none/decision", ACCEPT, { etag: "x" })).status).toBe(412);
    expect(desk.item(ID, true)).toEqual(before);
  });

  test("a batch or an undo that meets something changed is 409 and changes nothing", async () => {
    const desk = new FakeDesk();
    const client = await openClient(await startServer({ desk }));
    await client.send("POST", `${ITEM}/decision`, ACCEPT, { etag: `${ID}.1` });
    desk.changeOnDisk("q-000000000003");
    const queue = desk.queue();
    const items = ["q-000000000004", "q-000000000003"].map((id) => ({ id, etag: `${id}.1` }));
    expect((await client.send("POST", "/api/batch", { items, expectedCount: 2 })).status).toBe(409);
    expect((await client.send("POST", "/api/batch", { items: items.slice(0, 1), expectedCount: 2 })).status).toBe(409);
    desk.changeOnDisk(ID);
    expect((await client.send("POST", "/api/undo", { seq: 1 })).status).toBe(409);
    expect(desk.queue().rows.filter(({ id }) => id !== ID)).toEqual(queue.rows.filter(({ id }) => id !== ID));
  });

  test("of many that mean the same version, one wins and the rest get 412", async () => {
    const desk = new FakeDesk({ pause: () => new Promise((resolve) => void setImmediate(resolve)) });
    const client = await openClient(await startServer({ desk }));
    const statuses = await Promise.all(
      Array.from({ length: 24 }, async (_, at) => {
        const draft = { draft: `Version ${at}.` };
        return (await client.send("PUT", `${ITEM}/draft`, draft, { etag: `${ID}.1` })).status;
      }),
    );
    expect(statuses.toSorted((left, right) => left - right)).toEqual([200, ...Array.from({ length: 23 }, () => 412)]);
    expect(desk.activity().length).toBe(1);
  });
});

describe("bodies", () => {
  test("of a megabyte are read, larger ones are 413, said or not", async () => {
    const desk = new FakeDesk();
    const running = await startServer({ desk });
    const client = await openClient(running);
    const put = (size: number): Promise<Response> =>
      client.send("PUT", `${ITEM}/draft`, `{"draft":"x"${" ".repeat(size - 13)}}`, { etag: `${ID}.1` });
    expect((await put(1_048_577)).status).toBe(413);
    expect((await put(8_000_000)).status).toBe(413);
    expect(desk.asked).toEqual([]);
    expect((await put(1_048_576)).status).toBe(200);
    const chunk = `10000\r\n${"x".repeat(65_536)}\r\n`;
    const head = [
      `PUT ${ITEM}/draft HTTP/1.1`,
      `Host: ${running.host}`,
      `Authorization: Bearer ${client.token}`,
      "Content-Type: application/json",
      `If-Match: "${ID}.2"`,
      "Transfer-Encoding: chunked",
      "Connection: close",
    ].join("\r\n");
    const reply = await rawRequest(running.server.port, `${head}\r\n\r\n${chunk.repeat(32)}0\r\n\r\n`);
    expect(reply.status).toBe(413);
  });

  test("that break off change nothing and hold up nothing", async () => {
    const desk = new FakeDesk();
    const running = await startServer({ desk });
    const { token } = await openClient(running);
    const head = [
      `PUT ${ITEM}/draft HTTP/1.1`,
      `Host: ${running.host}`,
      `Authorization: Bearer ${token}`,
      "Content-Type: application/json",
      `If-Match: "${ID}.1"`,
      "Expect: 100-continue",
      "Content-Length: 100",
    ].join("\r\n");
    const socket = connect({ host: "127.0.0.1", port: running.server.port });
    socket.write(`${head}\r\n\r\n`);
    const [answer] = await once(socket, "data");
    expect(String(answer)).toBe("HTTP/1.1 100 Continue\r\n\r\n");
    socket.destroy();
    await running.server.stop();
    expect({ asked: desk.asked, errors: running.errors }).toEqual({ asked: [], errors: [] });
  });

  test("are JSON in UTF-8, of the shape asked for", async () => {
    const client = await openClient(await startServer());
    const statusOf = async (type: string, body: string | Uint8Array): Promise<number> => {
      const headers = { "content-type": type, authorization: `Bearer ${client.token}`, "if-match": `"${ID}.1"` };
      return (await fetch(`${client.origin}${ITEM}/draft`, { method: "PUT", headers, body })).status;
    };
    const odd = [
      "",
      "null",
      "[]",
      '{"draft":1}',
      '{"draft":"a","x":1}',
      '{"draft":"a"',
      `{"draft":"${"x".repeat(200_001)}"}`,
    ];
    const statuses = await Promise.all(odd.map((body) => statusOf("application/json", body)));
    expect(statuses).toEqual(odd.map(() => 400));
    expect(await statusOf("application/json", Buffer.from('{"draft":"\xff"}', "latin1"))).toBe(400);
    const types = [
      "application/json; charset=latin1",
      "application/jsonp",
      "application/json, text/plain",
      "multipart/form-data",
    ];
    expect(await Promise.all(types.map((type) => statusOf(type, '{"draft":"a"}')))).toEqual(types.map(() => 415));
    expect(await statusOf('Application/JSON; Charset="UTF-8"', '{"draft":"a"}')).toBe(200);
  });
});

describe("notices", () => {
  test("tell the version as it is, each change, and that the server is there", async () => {
    const desk = new FakeDesk();
    const clock = new ManualClock();
    const client = await openClient(await startServer({ desk, clock }));
    const lines = await follow(client);
    expect(await lines.next()).toEqual({ kind: "changed", version: "1" });
    desk.touch();
    expect(await lines.next()).toEqual({ kind: "changed", version: "2" });
    await client.send("POST", `${ITEM}/decision`, ACCEPT, { etag: `${ID}.1` });
    expect(await lines.next()).toEqual({ kind: "changed", version: "3" });
    clock.advance(15_000);
    expect(await lines.next()).toEqual({ kind: "beat" });
    await new Promise((resolve) => void setImmediate(resolve));
    clock.advance(15_000);
    expect(await lines.next()).toEqual({ kind: "beat" });
  });

  test("end with who listened", async () => {
    const desk = new FakeDesk();
    const client = await openClient(await startServer({ desk }));
    const streams = await Promise.all([follow(client), follow(client), follow(client)]);
    await Promise.all(streams.map((stream) => stream.next()));
    expect(desk.listeners).toBe(3);
    for (const stream of streams) stream.leave();
    await expect.poll(() => desk.listeners).toBe(0);
    desk.touch();
    expect((await client.get("/api/queue")).status).toBe(200);
  });

  test("of somebody who does not read are kept to the newest", async () => {
    const desk = new FakeDesk();
    const running = await startServer({ desk });
    const client = await openClient(running);
    const socket = connect({ host: "127.0.0.1", port: running.server.port });
    const headers = [`Host: ${running.host}`, `Authorization: Bearer ${client.token}`];
    socket.write(requestText("GET /api/events HTTP/1.1", headers));
    socket.pause();
    await expect.poll(() => desk.listeners).toBe(1);
    for (let at = 0; at < 300_000; at += 1) desk.touch();
    let text = "";
    socket.on("data", (chunk: Buffer) => (text += chunk.toString()));
    socket.resume();
    await expect.poll(() => text.slice(-200)).toContain(`"version":"${desk.queue().version}"`);
    expect(text.split("changed").length).toBeLessThan(3_000);
    socket.destroy();
  });
});

describe("the end", () => {
  test("frees the port, ends the notices, and comes once", async () => {
    const desk = new FakeDesk();
    const running = await startServer({ desk });
    const client = await openClient(running);
    const lines = await follow(client);
    await lines.next();
    await Promise.all([running.server.stop(), running.server.stop()]);
    expect(await running.server.done).toBe("stopped");
    expect(await lines.next()).toBeUndefined();
    expect(desk.listeners).toBe(0);
    await expect(rawRequest(running.server.port, "GET / HTTP/1.1\r\n\r\n")).rejects.toThrow("ECONNREFUSED");
  });

  test("comes with the signal, before or after the start", async () => {
    const stop = new AbortController();
    const { server } = await startServer({ signal: stop.signal });
    stop.abort();
    expect(await server.done).toBe("stopped");
    expect(await (await startServer({ signal: stop.signal })).server.done).toBe("stopped");
  });

  test("waits for a change that has begun, and its answer arrives", async () => {
    const work = new Hold();
    const desk = new FakeDesk({ pause: () => work.over });
    const { server, ...running } = await startServer({ desk });
    const client = await openClient({ server, ...running });
    const answer = client.send("POST", `${ITEM}/decision`, ACCEPT, { etag: `${ID}.1` });
    await expect.poll(() => desk.asked).toEqual([`decide ${ID}`]);
    let hasStopped = false;
    const stopped = server.stop().then(() => (hasStopped = true));
    await new Promise((resolve) => void setTimeout(resolve, 30));
    expect(hasStopped).toBe(false);
    work.end();
    expect((await answer).status).toBe(200);
    await stopped;
    expect(desk.activity().map(({ action }) => action)).toEqual(["accept"]);
  });

  test("cuts off who only holds a connection, but not the change behind it", async () => {
    const work = new Hold();
    const desk = new FakeDesk({ pause: () => work.over });
    const clock = new ManualClock();
    const running = await startServer({ desk, clock });
    const client = await openClient(running);
    const answer = client.send("POST", `${ITEM}/decision`, ACCEPT, { etag: `${ID}.1` }).catch(() => "cut");
    await expect.poll(() => desk.asked).toEqual([`decide ${ID}`]);
    let hasStopped = false;
    const stopped = running.server.stop().then(() => (hasStopped = true));
    await new Promise((resolve) => void setImmediate(resolve));
    clock.advance(2_000);
    expect(await answer).toBe("cut");
    await new Promise((resolve) => void setTimeout(resolve, 30));
    expect(hasStopped).toBe(false);
    work.end();
    await stopped;
    expect(desk.activity().map(({ action }) => action)).toEqual(["accept"]);
    expect(running.errors).toEqual([]);
  });

  test("comes by itself when nobody has used it for half an hour", async () => {
    const clock = new ManualClock();
    const running = await startServer({ clock });
    const client = await openClient(running);
    const half = 15 * 60_000;
    clock.advance(half);
    expect((await client.get("/api/queue")).status).toBe(200);
    clock.advance(half);
    // A page without the token, or with none at all, does not keep it alive.
    expect((await fetch(`${running.origin}/`)).status).toBe(200);
    expect((await new Client(running.origin, "wrong").get("/api/queue")).status).toBe(401);
    clock.advance(half - 1);
    await new Promise((resolve) => void setImmediate(resolve));
    expect((await fetch(`${running.origin}/`)).status).toBe(200);
    clock.advance(1);
    expect(await running.server.done).toBe("idle");
  });

  test("comes by itself with a page open that nobody uses", async () => {
    const clock = new ManualClock();
    const running = await startServer({ clock, idleMs: 1_000 });
    const lines = await follow(await openClient(running));
    await lines.next();
    clock.advance(1_000);
    expect(await running.server.done).toBe("idle");
    expect(await lines.next()).toBeUndefined();
  });
});

describe("patience", () => {
  test.for([
    ["a connection that says nothing", ""],
    ["a head that never ends", "GET / HTTP/1.1\r\nX-A: 1\r\n"],
    [
      "a body that never comes",
      `PUT ${ITEM}/draft HTTP/1.1\r\nHost: $HOST\r\nAuthorization: Bearer $TOKEN\r\n` +
        `Content-Type: application/json\r\nIf-Match: "${ID}.1"\r\nContent-Length: 100\r\n\r\n{`,
    ],
  ])("ends with %s", async ([, text]) => {
    const running = await startServer({ patienceMs: 200 });
    const { token } = await openClient(running);
    const reply = await rawRequest(
      running.server.port,
      text?.replace("$HOST", running.host).replace("$TOKEN", token) ?? "",
    );
    expect([0, 400, 408]).toContain(reply.status);
    expect(running.errors).toEqual([]);
  });

  test("ends with a head that drips", async () => {
    const running = await startServer({ patienceMs: 200 });
    const socket = connect({ host: "127.0.0.1", port: running.server.port });
    socket.on("error", () => {});
    socket.resume();
    socket.write("GET / HTTP/1.1\r\n");
    const drip = setInterval(() => socket.write("X: 1\r\n"), 20);
    await new Promise((resolve) => void socket.once("close", resolve));
    clearInterval(drip);
    expect(socket.destroyed).toBe(true);
  });
});

describe("room", () => {
  const HALF_OPEN = [
    "",
    "GET / HTTP/1.1\r\nX-A: 1\r\n",
    "POST /api/session HTTP/1.1\r\nHost: $HOST\r\nContent-Length: 9\r\n\r\n{",
  ];

  test.each(HALF_OPEN)("is made for the page by whoever holds eighty connections and says %j", async (text) => {
    const running = await startServer({ patienceMs: 600_000 });
    const client = await openClient(running);
    const lines = await follow(client);
    await lines.next();
    const held = await holdConnections(running, 80, text);
    const page = await rawRequest(running.server.port, requestText("GET / HTTP/1.1", [`Host: ${running.host}`]));
    expect(page.status).toBe(200);
    expect((await client.get("/api/queue")).status).toBe(200);
    await client.send("POST", `${ITEM}/decision`, ACCEPT, { etag: `${ID}.1` });
    expect(await lines.next()).toEqual({ kind: "changed", version: "2" });
    expect(held.filter(({ destroyed }) => !destroyed).length).toBeLessThan(64);
    expect(running.errors).toEqual([]);
  });

  test("is not made by cutting off what is being answered", async () => {
    const desk = new FakeDesk();
    const running = await startServer({ desk, patienceMs: 600_000 });
    const client = await openClient(running);
    const streams: Lines[] = [];
    for (let count = 0; count < 64; count += 1) streams.push(await follow(client));
    await expect(fetch(`${running.origin}/`)).rejects.toThrow("fetch failed");
    desk.touch();
    for (const lines of streams) {
      expect([await lines.next(), await lines.next()]).toEqual([
        { kind: "changed", version: "1" },
        { kind: "changed", version: "2" },
      ]);
    }
    streams[0]?.leave();
  });
});

/** Resolves when the server has them all, or has thrown them out. */
async function holdConnections({ server, host }: Running, count: number, text: string): Promise<readonly Socket[]> {
  const sockets = Array.from({ length: count }, () => {
    const socket = connect({ host: "127.0.0.1", port: server.port });
    onTestFinished(() => void socket.destroy());
    return socket.on("error", () => {}).resume();
  });
  await Promise.all(
    sockets.map(async (socket) => {
      await once(socket, "connect");
      await new Promise((resolve) => socket.write(text.replace("$HOST", host), resolve));
    }),
  );
  return sockets;
}

/** Work that lasts until a test says so. */
class Hold {
  end = (): void => {};
  readonly over = new Promise<void>((resolve) => (this.end = resolve));
}

interface Lines {
  /** The next notice; undefined when there are no more. */
  next(): Promise<unknown>;
  leave(): void;
}

async function follow(client: Client): Promise<Lines> {
  const leaving = new AbortController();
  const response = await client.get("/api/events", leaving.signal);
  expect(response.headers.get("content-type")).toBe("application/x-ndjson; charset=utf-8");
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (reader === undefined) throw new Error("no body");
  let rest = "";
  return {
    next: async () => {
      while (!rest.includes("\n")) {
        const { done, value } = await reader.read();
        if (done) return undefined;
        rest += value;
      }
      const [line = "", ...more] = rest.split("\n");
      rest = more.join("\n");
      return JSON.parse(line);
    },
    leave: () => leaving.abort(),
  };
}
