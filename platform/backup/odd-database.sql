-- A database of odd objects and values: what a backup must carry without loss (used by backup.test.ts).
create extension pg_trgm;
create extension btree_gist;
create schema "租户 ""一""";
create schema tenant_b;
set search_path = tenant_b;

create type mood as enum ('sad', 'o''k', '高兴');
create domain tenant_b.positive as numeric(12,2) default 1 not null constraint above_zero check (value > 0);
create type address as (street text, "门牌 号" int);
create sequence loose increment by -3 maxvalue 100 minvalue -1000 start with 50 cycle;
select nextval('loose'), nextval('loose');

create function double_it(x numeric) returns numeric language sql immutable as $$ select x * 2 $$;
create function lines_of(t text) returns setof text language plpgsql as $body$
begin
  return query select unnest(string_to_array(t, E'\n')); -- a body with 'quotes' and $$
end $body$;
create procedure nothing() language sql as $$ select 1 $$;

create table node (
  id bigint generated always as identity (start with 1000 increment by 7) primary key,
  parent bigint,
  name text collate "C" not null default 'x' || clock_timestamp()::text,
  doubled numeric generated always as (double_it(1.5) * 2) stored,
  dropped int,
  constraint parent_fk foreign key (parent) references node (id) on delete cascade deferrable initially deferred
);
alter table node drop column dropped;
insert into node (parent, name) values (null, 'root'), (1000, '子'), (1007, E'a\tb\\N\n\\.\r');

create table odd (
  serial_id serial,
  "select" text,
  bytes bytea,
  num numeric,
  money money,
  f4 real,
  f8 double precision,
  moods mood[],
  amount positive,
  home address,
  homes address[],
  ts timestamptz,
  d date,
  t time with time zone,
  span interval,
  spans tstzrange,
  many int4multirange,
  net inet,
  mac macaddr,
  bits bit varying(9),
  fixed char(5),
  doc jsonb,
  raw json,
  words tsvector,
  shape polygon,
  x xml,
  oid_of regclass,
  id uuid,
  matrix int[][]
);
insert into odd values
  (default, null, null, null, null, null, null, null, default, null, null, null, null, null, null, null, null, null, null,
   null, null, null, null, null, null, null, null, null, null),
  (default, '', '\x00ff5c0a', 'NaN', '-12.34', 'Infinity', 0.1, '{sad,"o''k",高兴}', 0.01, row('a,"b"', null),
   array[row(e'新\n线', 7)::address, null], '0001-01-01 00:00:00+00 BC', 'infinity', '23:59:60+08', '-1 year 3 days 00:00:00.000001',
   '[2020-01-01,)', '{[1,3),[8,9)}', '::ffff:1.2.3.4/128', '08:00:2b:01:02:03', '101', 'ab', '{"b":[1.50,null,"\u4e2d"],"a":1e400}',
   '{"keep":  "space"}', '''中'':1A ''a b'':2', '((0,0),(1,1),(2,0))', '<a>&amp;</a>', 'tenant_b.node', '00000000-0000-0000-0000-000000000001',
   '{{1,2},{3,NULL}}'),
  (default, repeat('长', 100000), decode(repeat('ff', 100000), 'hex'), 1e-30, 92233720368547758.07, 1.17549435e-38, 1.7976931348623157e308,
   '{}', 99.99, row('', 0), '{}', 'infinity', '4713-01-01 BC', '00:00:00-15:59', '178000000 years', 'empty', '{}', '10.0.0.0/8',
   'ff:ff:ff:ff:ff:ff', '', '', 'null', 'null', '', '((1e300,-1e-300))', null, null, null, '[0:1]={5,6}');

create table room_use (room int, during tsrange, exclude using gist (room with =, during with &&));
insert into room_use values (1, '[2024-01-01,2024-01-02)'), (1, '[2024-01-02,2024-01-03)');
create table empty_one (a int unique nulls not distinct, b text check (b <> ''));
create table no_columns ();
insert into no_columns default values;
insert into no_columns default values;
create unlogged table cache (k text primary key, v text) with (fillfactor = 70);
insert into cache values ('k', 'v');
create table "租户 ""一"""."表 ""甲""" ("列 '1'" int primary key, n bigint);
alter table "租户 ""一"""."表 ""甲""" add constraint later foreign key (n) references tenant_b.node (id) not valid;
insert into "租户 ""一"""."表 ""甲""" values (1, 1000);

set constraints all immediate;
create index node_lower on node (lower(name), double_it(id)) where parent is not null;
create index odd_trgm on odd using gin ("select" public.gin_trgm_ops) where length("select") < 100;
create unique index concurrently_made on node (name desc nulls last) include (parent);
create statistics node_stat (dependencies) on parent, name from node;
create view node_view as select n.id, n.name, count(*) from node n left join node c on c.parent = n.id group by n.id;
create view on_view with (security_barrier = true) as select * from node_view where id > 1000;
create materialized view counted as select count(*) as n from node;
create materialized view not_filled as select 1 as one with no data;
create unique index on counted (n);
create function rows_of_view() returns setof on_view language sql as $$ select * from tenant_b.on_view $$;
create function on_change() returns trigger language plpgsql as $$ begin new.name := new.name || '!'; return new; end $$;
create trigger shout before insert or update on node for each row execute function on_change();
create trigger silent before delete on node for each statement execute function on_change();
alter table node disable trigger silent;
comment on table node is 'it''s a 树';
comment on column node.name is 'name';
comment on function double_it is 'twice';
comment on constraint parent_fk on node is 'tree';
reset search_path;
alter table tenant_b.odd enable row level security;
