-- The run file. A unit and all its rows are written in one transaction, so a run that was cut short holds whole units.
-- Ids of rows follow the order in which units were finished, which is chance: nothing that is told may depend on them.
-- What is told is ordered by identifier, then by the input's digest and the record's number.

create table meta (key text primary key, value text not null) without rowid;

create table inputs (
  id integer primary key,
  digest text not null unique,            -- sha256 of its bytes
  name text not null,                     -- as it was named first; internal
  format text not null,                   -- iati, crs, … ; empty where none recognizes it
  state text not null                     -- reading, done, refused
);

create table units (
  id integer primary key,
  input integer not null references inputs,
  first integer not null,                 -- number of the first record of the range, from 1
  count integer not null,
  unique (input, first)
);

create table faults (                     -- what could not be read or checked; part of every result
  input integer not null references inputs,
  unit integer references units,
  record integer not null,                -- 0 where it is not known which
  line integer not null,
  what text not null,
  fix text not null
);

create table publishers (id integer primary key, ref text not null unique);

create table records (
  id integer primary key,
  unit integer not null references units,
  number integer not null,                -- of the record in its input, from 1
  identifier text not null,
  publisher integer not null references publishers,
  donor text not null,
  belongs_to text not null,
  standard text not null,                 -- IATI, OECD CRS, …
  version text not null,
  title text not null,                    -- internal
  title_digest integer not null,          -- 8 bytes; 0 where there is no title
  text_digest integer not null,           -- of the description; 0 where it has none that counts as text
  text_length integer not null,
  hierarchy text not null,
  status text not null,
  starts text not null,                   -- ISO date, or empty
  ends text not null,
  updated text not null,
  humanitarian integer,                   -- 1, 0, or null where not stated
  set_aside text not null,
  aid_types text not null,                -- codes with a space between
  flow_types text not null,
  finance_types text not null
);

create table related (record integer not null, kind text not null, ref text not null);

create table places (
  record integer not null,
  country text not null,                  -- ISO 3166 code of two letters; empty where not known
  below integer not null,                 -- 1: a place inside a country
  share text not null                     -- percent, or empty
);

create table regions (record integer not null, region text not null, share text not null);

create table sectors (
  record integer not null,
  vocabulary text not null,               -- DAC, or as published
  code text not null,
  share text not null
);

create table bodies (record integer not null, kind text not null, role text not null, local text not null,
  number integer not null);

create table flows (
  record integer not null,
  kind text not null,
  year integer,
  currency text not null,
  amount text not null,                   -- decimal
  taken_back text not null,               -- decimal, or empty
  number integer not null,
  country text not null,
  region text not null,
  sector text not null
);

create table money (                      -- the flows of a record added up
  record integer not null,
  kind text not null,
  year integer,
  currency text not null,
  usable integer not null,                -- 0: no number, or of a size that no money has
  amount text not null,
  taken_back text not null,
  number integer not null,
  flow text not null                      -- official aid, other official, market money …
);

create table shared (                     -- the same, cut by where it goes and what it is for
  record integer not null,
  kind text not null,
  year integer,
  currency text not null,
  place_kind text not null,               -- country, region, not_allocable, not_published
  place text not null,
  sector_kind text not null,              -- dac, other_vocabulary, not_allocable, not_published
  sector text not null,
  body text not null,
  local text not null,
  amount text not null,
  taken_back text not null
);

create table outcomes (                   -- every way in which a check came out in this run
  id integer primary key,
  "check" text not null,
  outcome text not null,
  state text not null,
  because text not null,
  level text not null,
  escalates integer not null,
  unique ("check", outcome, state, because, level, escalates)
);

create table findings (
  record integer not null,
  outcome integer not null references outcomes,
  "on" text not null,                     -- factor, inhibitor, harm path; or empty
  "values" text not null                  -- JSON object of what its sentence says; or empty
);

create table exposes (record integer not null, what text not null, number integer not null);

create table notes (record integer not null, code text not null, number integer not null);
