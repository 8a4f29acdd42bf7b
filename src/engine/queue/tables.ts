/** Raised with every change to the tables; one that is higher belongs to a later release. */
export const TABLES_VERSION = 2;

/**
 * Our own tables, beside those of pg-boss. They are the authority on what is done: pg-boss forgets a job some days after its
 * end, and what is paid for must not be asked again then.
 *
 * runs: what was asked for, and what a worker needs to work on it · jobs: one row a key, with its records once it is done ·
 * run_jobs: which run waits for which job, and what it has taken · workers, held: who is alive and works on what · limits: what
 * all workers together may send · holds: money set aside by a worker for requests under way.
 */
export const TABLES = `
create schema if not exists answerkey;
create table if not exists answerkey.runs (
  id text primary key,
  kind text not null,
  queue text not null,
  service jsonb not null,
  settings jsonb not null,
  budget_usd double precision,
  spent_usd double precision not null default 0,
  cancelled boolean not null default false,
  stopped text,
  created_at timestamptz not null default now()
);
alter table answerkey.runs add column if not exists asking jsonb not null default '{}',
  add column if not exists begun int not null default 1;
create table if not exists answerkey.jobs (
  key text primary key,
  run text not null,
  queue text not null,
  input jsonb,
  state text not null default 'waiting' check (state in ('waiting', 'done', 'dead', 'withdrawn')),
  records jsonb not null default '[]',
  failure text,
  finished_at timestamptz
);
alter table answerkey.jobs add column if not exists losses int not null default 0;
create index if not exists jobs_waiting on answerkey.jobs (run) where state = 'waiting';
create table if not exists answerkey.run_jobs (
  run text not null,
  key text not null,
  ready boolean not null default false,
  taken boolean not null default false,
  primary key (run, key)
);
create index if not exists run_jobs_ready on answerkey.run_jobs (run) where ready and not taken;
create index if not exists run_jobs_key on answerkey.run_jobs (key);
create table if not exists answerkey.workers (
  id text primary key,
  name text not null,
  queues text[] not null,
  started_at timestamptz not null default now(),
  beat_at timestamptz not null default now()
);
create table if not exists answerkey.held (
  key text primary key,
  job uuid not null,
  queue text not null,
  worker text not null,
  run text not null
);
alter table answerkey.held drop column if exists is_last;
create table if not exists answerkey.holds (
  run text not null,
  worker text not null,
  usd double precision not null,
  primary key (run, worker)
);
create table if not exists answerkey.limits (
  name text primary key,
  requests_per_second double precision,
  requests_at_once double precision not null default 1,
  tokens_per_second double precision,
  tokens_at_once double precision not null default 1,
  requests_due double precision not null default 0,
  tokens_due double precision not null default 0,
  closed_until double precision not null default 0
);
alter table answerkey.limits add column if not exists seen_at double precision not null default 0;

-- One request and its tokens, by the generic cell rate algorithm on the clock of the database: 0 where they were taken, else
-- the seconds until it is worth asking again. A request larger than what is left goes into debt, so that it is not passed
-- over for ever.
create or replace function answerkey.take(limit_name text, tokens double precision) returns double precision
language plpgsql as $$
declare
  row answerkey.limits;
  clock double precision;
  wait double precision;
  back double precision;
begin
  insert into answerkey.limits (name) values (limit_name) on conflict do nothing;
  select * into row from answerkey.limits where name = limit_name for update;
  clock := extract(epoch from clock_timestamp());
  back := row.seen_at - clock;
  if back > 0 then
    -- The clock was set back. What is due goes with it, or nobody would send until the clock is there again.
    update answerkey.limits set requests_due = requests_due - back, tokens_due = tokens_due - back,
      closed_until = closed_until - back, seen_at = clock
    where name = limit_name returning * into row;
  end if;
  wait := greatest(
    row.closed_until - clock,
    row.requests_due - (row.requests_at_once - 1) / row.requests_per_second - clock,
    row.tokens_due - row.tokens_at_once / row.tokens_per_second - clock,
    0
  );
  if wait > 0 then return wait; end if;
  update answerkey.limits set seen_at = clock,
    requests_due = greatest(row.requests_due, clock) + coalesce(1 / row.requests_per_second, 0),
    tokens_due = greatest(row.tokens_due, clock) + coalesce(tokens / row.tokens_per_second, 0)
  where name = limit_name;
  return 0;
end $$;

-- Sets money aside for a request. True where it fits the run's budget beside what was spent and what is set aside by all.
create or replace function answerkey.hold(run_id text, worker_id text, amount double precision) returns text
language plpgsql as $$
declare
  budget double precision;
  spent double precision;
  held double precision;
begin
  select budget_usd, spent_usd into budget, spent from answerkey.runs where id = run_id for update;
  select coalesce(sum(usd), 0) into held from answerkey.holds where run = run_id;
  if spent + held + amount > budget then
    return case when held > 1e-9 then 'later' else 'never' end;
  end if;
  insert into answerkey.holds (run, worker, usd) values (run_id, worker_id, amount)
  on conflict (run, worker) do update set usd = answerkey.holds.usd + excluded.usd;
  return 'held';
end $$;
`;

/**
 * pg-boss takes the next jobs in the order of priority and age and has no index for it: it would sort all that wait, each
 * time. One on the parent table goes to every queue's own.
 * @param schema of pg-boss.
 */
export function fetchIndex(schema: string): string {
  return `do $$ begin
    if to_regclass('${schema}.answerkey_fetch') is null then
      create index answerkey_fetch on ${schema}.job (name, priority desc, created_on, id) where state < 'active';
    end if;
  end $$`;
}
