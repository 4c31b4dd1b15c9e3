-- What is worked out from a finished run, and made anew when the run has changed. Unlike the rows of the run itself,
-- ids here mean something: a rank is a record's place by identifier, then input's digest, then number in its input,
-- and a program's id is the rank of its first record.

create table members (
  rank integer primary key,
  record integer not null,
  program integer,
  copy integer not null default 0         -- 1: another copy of the same record is newer
);

create table programs (
  id integer primary key,
  identifier text not null,               -- the smallest of its records'
  donor text not null,
  publisher integer not null,
  title text not null,                    -- internal
  records integer not null,               -- without older copies
  copies integer not null,
  first_year text not null,
  last_year text not null,
  shared_text integer not null default 0, -- how many of its records have a text that other programs have too
  twice integer not null default 0,       -- 1: parts and whole both publish money, and it does not agree
  class text not null default ''
);

create table program_places (program integer not null, country text not null, primary key (program, country))
  without rowid;

create table program_sectors (program integer not null, code text not null, primary key (program, code)) without rowid;

create table numbered (                  -- inputs by their place among the digests: how everybody may call them
  input integer primary key,
  number integer not null
);

create table counts (item text primary key, number integer not null) without rowid;

create table judged (                     -- how checks came out, by publisher
  publisher integer not null,
  "check" text not null,
  state text not null,
  because text not null,
  records integer not null,
  programs integer not null,
  primary key (publisher, "check", state, because)
) without rowid;

create table told (                       -- concerns, each told once for a program
  program integer not null,
  "check" text not null,
  "on" text not null,
  outcome text not null,
  level text not null,
  escalates integer not null,
  records integer not null
);

create table reasons (                    -- why a program is in its class
  program integer not null,
  place integer not null,
  rule text not null,
  "check" text not null,
  "on" text not null
);

create table treated (                    -- all money of the run, and whether it is in the sums
  program integer not null,
  record integer not null,
  kind text not null,
  year integer,
  currency text not null,
  treatment text not null,                -- counted, or why not
  amount text not null,
  taken_back text not null,
  number integer not null,
  flow text not null                      -- official aid, other official, market money …
);

create table wholes (                     -- money of wholes that is not what their parts publish: both are in the sums
  program integer not null,
  kind text not null,
  currency text not null,
  whole text not null,
  parts text not null
);

create table allocated (                  -- money that is counted, by where and what for
  program integer not null,
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

create table sector_map (                 -- the sectors that occur, as the catalog's map has them
  code text primary key,
  name text not null,
  scrutiny text not null,
  judged integer not null                 -- 0: unspecified, or not in the map
) without rowid;

create table bears (                      -- what a sector could bear on
  sector text not null,
  effect text not null,                   -- lowers, worsens: a factor; supports, erodes: an inhibitor; harms: a path
  "on" text not null,
  primary key (sector, effect, "on")
) without rowid;
