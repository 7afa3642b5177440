// Queries on PostgreSQL's catalog (15–18) that return SQL statements. The session's search_path is empty, so that every
// name in a definition comes out qualified.
import type { Phase } from './catalog.ts'

/** Schemas of users: not PostgreSQL's own. `n` is pg_namespace. */
const USER_SCHEMA = `n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`

/** Not a member of an extension (CREATE EXTENSION makes those again). */
const own = (catalog: string, oid: string) =>
  `not exists (select from pg_depend e where e.classid = '${catalog}'::regclass and e.objid = ${oid} and e.deptype = 'e')`

/** A relation of users, `c` is pg_class. */
const RELATION = `from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where ${USER_SCHEMA} and ${own('pg_class', 'c.oid')}`

/** A sequence that belongs to an identity column is written with its column. */
const OF_IDENTITY = `exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'i')`

const SEQUENCE_OPTIONS = `format('increment by %s minvalue %s maxvalue %s start with %s cache %s %s',
  s.seqincrement, s.seqmin, s.seqmax, s.seqstart, s.seqcache, case when s.seqcycle then 'cycle' else 'no cycle' end)`

const COLLATION = `(select format(' collate %I.%I', cn.nspname, co.collname)
  from pg_collation co join pg_namespace cn on cn.oid = co.collnamespace
  where co.oid = a.attcollation and a.attcollation <> (select typcollation from pg_type where oid = a.atttypid))`

const IDENTITY = `(select format(' generated %s as identity (sequence name %I.%I %s)',
    case a.attidentity when 'a' then 'always' else 'by default' end, sn.nspname, sc.relname, ${SEQUENCE_OPTIONS})
  from pg_depend d join pg_class sc on sc.oid = d.objid join pg_namespace sn on sn.oid = sc.relnamespace
    join pg_sequence s on s.seqrelid = sc.oid
  where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass
    and d.refobjid = a.attrelid and d.refobjsubid = a.attnum and d.deptype = 'i')`

const COLUMN = `format('%I %s%s%s%s', a.attname, format_type(a.atttypid, a.atttypmod), ${COLLATION},
  case
    when a.attidentity <> '' then ${IDENTITY}
    when a.attgenerated = 's' then format(' generated always as (%s) stored', pg_get_expr(ad.adbin, ad.adrelid))
    when a.attgenerated = 'v' then format(' generated always as (%s) virtual', pg_get_expr(ad.adbin, ad.adrelid))
    when ad.adbin is not null then format(' default %s', pg_get_expr(ad.adbin, ad.adrelid))
  end,
  case when a.attnotnull then ' not null' end)`

const TABLE = `
  select format('create %stable %I.%I (%s)%s', case c.relpersistence when 'u' then 'unlogged ' end, n.nspname, c.relname,
    (select string_agg(E'\\n  ' || ${COLUMN}, ',' order by a.attnum)
     from pg_attribute a left join pg_attrdef ad on ad.adrelid = a.attrelid and ad.adnum = a.attnum
     where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
    ' with (' || array_to_string(c.reloptions, ', ') || ')') as sql
  ${RELATION} and c.relkind = 'r' order by n.nspname, c.relname`

const constraints = (kinds: string) => `
  select format('alter table %I.%I add constraint %I %s', n.nspname, c.relname, k.conname, pg_get_constraintdef(k.oid)) as sql
  from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
  where ${USER_SCHEMA} and ${own('pg_class', 'c.oid')} and k.contype in (${kinds}) order by n.nspname, c.relname, k.conname`

/** What an object is called in COMMENT ON. */
const COMMENTED = `case when o.objsubid > 0 then 'column' when i.type = 'table constraint' then 'constraint' else i.type end`

export const OBJECTS: readonly { readonly phase: Phase; readonly sql: string }[] = [
  {
    phase: 'define',
    sql: `select format('create schema if not exists %I', n.nspname) as sql from pg_namespace n
      where ${USER_SCHEMA} and ${own('pg_namespace', 'n.oid')} order by n.nspname`,
  },
  {
    phase: 'define',
    sql: `select format('create extension if not exists %I with schema %I', x.extname, n.nspname) as sql
      from pg_extension x join pg_namespace n on n.oid = x.extnamespace where x.extname <> 'plpgsql' order by x.extname`,
  },
  {
    phase: 'define',
    sql: `select format('create type %I.%I as enum (%s)', n.nspname, t.typname,
        (select string_agg(quote_literal(v.enumlabel), ', ' order by v.enumsortorder) from pg_enum v where v.enumtypid = t.oid)) as sql
      from pg_type t join pg_namespace n on n.oid = t.typnamespace
      where ${USER_SCHEMA} and t.typtype = 'e' and ${own('pg_type', 't.oid')} order by n.nspname, t.typname`,
  },
  {
    phase: 'define',
    sql: `select format('create domain %I.%I as %s%s%s%s', n.nspname, t.typname, format_type(t.typbasetype, t.typtypmod),
        ' default ' || t.typdefault, case when t.typnotnull then ' not null' end,
        (select string_agg(format(' constraint %I %s', k.conname, pg_get_constraintdef(k.oid)), '' order by k.conname)
         from pg_constraint k where k.contypid = t.oid and k.contype = 'c')) as sql
      from pg_type t join pg_namespace n on n.oid = t.typnamespace
      where ${USER_SCHEMA} and t.typtype = 'd' and ${own('pg_type', 't.oid')} order by n.nspname, t.typname`,
  },
  {
    phase: 'define',
    sql: `select format('create type %I.%I as (%s)', n.nspname, c.relname,
        (select string_agg(format('%I %s%s', a.attname, format_type(a.atttypid, a.atttypmod), ${COLLATION}), ', ' order by a.attnum)
         from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped)) as sql
      ${RELATION} and c.relkind = 'c' order by n.nspname, c.relname`,
  },
  {
    phase: 'define',
    sql: `select format('create %ssequence %I.%I as %s %s', case c.relpersistence when 'u' then 'unlogged ' end,
        n.nspname, c.relname, format_type(s.seqtypid, null), ${SEQUENCE_OPTIONS}) as sql
      from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_sequence s on s.seqrelid = c.oid
      where ${USER_SCHEMA} and ${own('pg_class', 'c.oid')} and not ${OF_IDENTITY} order by n.nspname, c.relname`,
  },
  { phase: 'define', sql: TABLE },
  {
    phase: 'define',
    sql: `select pg_get_functiondef(p.oid) as sql from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where ${USER_SCHEMA} and p.prokind in ('f', 'p', 'w') and ${own('pg_proc', 'p.oid')} order by n.nspname, p.proname, p.oid`,
  },
  {
    phase: 'define',
    sql: `select format('create view %I.%I%s as %s', n.nspname, c.relname,
        ' with (' || array_to_string(c.reloptions, ', ') || ')', pg_get_viewdef(c.oid)) as sql
      ${RELATION} and c.relkind = 'v' order by n.nspname, c.relname`,
  },
  {
    phase: 'define',
    sql: `select format('create materialized view %I.%I%s as %s with no data', n.nspname, c.relname,
        ' with (' || array_to_string(c.reloptions, ', ') || ')', rtrim(pg_get_viewdef(c.oid), ';')) as sql
      ${RELATION} and c.relkind = 'm' order by n.nspname, c.relname`,
  },
  { phase: 'constrain', sql: constraints(`'p', 'u', 'x'`) },
  { phase: 'constrain', sql: constraints(`'c'`) },
  {
    phase: 'constrain',
    sql: `select pg_get_indexdef(i.indexrelid) as sql from pg_index i join pg_class c on c.oid = i.indrelid
        join pg_namespace n on n.oid = c.relnamespace
      where ${USER_SCHEMA} and ${own('pg_class', 'c.oid')} and i.indisvalid and c.relkind in ('r', 'm')
        and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
      order by n.nspname, c.relname, i.indexrelid`,
  },
  {
    phase: 'constrain',
    sql: `select pg_get_statisticsobjdef(x.oid) as sql from pg_statistic_ext x join pg_namespace n on n.oid = x.stxnamespace
      where ${USER_SCHEMA} order by n.nspname, x.stxname`,
  },
  { phase: 'relate', sql: constraints(`'f'`) },
  {
    phase: 'finish',
    sql: `select pg_get_triggerdef(t.oid) as sql from pg_trigger t join pg_class c on c.oid = t.tgrelid
        join pg_namespace n on n.oid = c.relnamespace
      where ${USER_SCHEMA} and not t.tgisinternal and ${own('pg_trigger', 't.oid')} order by n.nspname, c.relname, t.tgname`,
  },
  {
    phase: 'finish',
    sql: `select format('alter table %I.%I %s trigger %I', n.nspname, c.relname,
        case t.tgenabled when 'D' then 'disable' when 'R' then 'enable replica' else 'enable always' end, t.tgname) as sql
      from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
      where ${USER_SCHEMA} and not t.tgisinternal and t.tgenabled <> 'O' order by n.nspname, c.relname, t.tgname`,
  },
  {
    phase: 'finish',
    sql: `select format('alter sequence %I.%I owned by %I.%I.%I', n.nspname, c.relname, tn.nspname, tc.relname, a.attname) as sql
      from pg_depend d join pg_class c on c.oid = d.objid and c.relkind = 'S' join pg_namespace n on n.oid = c.relnamespace
        join pg_class tc on tc.oid = d.refobjid join pg_namespace tn on tn.oid = tc.relnamespace
        join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
      where ${USER_SCHEMA} and d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass and d.deptype = 'a'
      order by n.nspname, c.relname`,
  },
  {
    phase: 'finish',
    sql: `select format('select pg_catalog.setval(%L, %s)', format('%I.%I', schemaname, sequencename), last_value) as sql
      from pg_sequences where last_value is not null order by schemaname, sequencename`,
  },
  {
    phase: 'finish',
    sql: `select format('refresh materialized view %I.%I', n.nspname, c.relname) as sql
      ${RELATION} and c.relkind = 'm' and c.relispopulated order by c.oid`,
  },
  {
    phase: 'finish',
    sql: `select format('alter table %I.%I enable row level security', n.nspname, c.relname) as sql
      ${RELATION} and c.relkind = 'r' and c.relrowsecurity order by n.nspname, c.relname`,
  },
  {
    phase: 'finish',
    sql: `select format('comment on %s %s is %L', ${COMMENTED}, i.identity, o.description) as sql
      from pg_description o, pg_identify_object(o.classoid, o.objoid, o.objsubid) i
        left join pg_namespace n on n.nspname = i.schema
      where o.classoid in ('pg_class'::regclass, 'pg_type'::regclass, 'pg_proc'::regclass, 'pg_constraint'::regclass,
          'pg_trigger'::regclass, 'pg_namespace'::regclass)
        and coalesce(i.schema, i.name) !~ '^pg_' and coalesce(i.schema, i.name) not in ('information_schema', 'public')
        and i.type <> 'domain constraint' and not exists (
          select from pg_depend e where e.classid = o.classoid and e.objid = o.objoid and e.deptype = 'e')
      order by i.type, i.identity`,
  },
]

export const TABLES = `
  select n.nspname as schema, c.relname as name,
    (select json_agg(a.attname order by a.attnum) from pg_attribute a
     where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
  ${RELATION} and c.relkind = 'r' order by n.nspname, c.relname`

/** Kinds that this backup does not carry; the project's own code makes none of them. */
export const UNSUPPORTED = `
  select case c.relkind when 'p' then 'partitioned table' when 'f' then 'foreign table' else 'inherited or typed table' end as kind,
    format('%I.%I', n.nspname, c.relname) as name
  ${RELATION} and (c.relkind in ('p', 'f') or c.relispartition or c.reloftype <> 0
    or exists (select from pg_inherits h where h.inhrelid = c.oid and c.relkind = 'r'))
  union all
  select 'forced row security', format('%I.%I', n.nspname, c.relname) ${RELATION} and c.relforcerowsecurity
  union all
  select 'row policy', format('%I on %I.%I', p.polname, n.nspname, c.relname)
    from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
  union all
  select 'rule', r.rulename from pg_rewrite r join pg_class c on c.oid = r.ev_class join pg_namespace n on n.oid = c.relnamespace
    where ${USER_SCHEMA} and r.rulename <> '_RETURN'
  union all
  select 'type', format('%I.%I', n.nspname, t.typname) from pg_type t join pg_namespace n on n.oid = t.typnamespace
    where ${USER_SCHEMA} and ${own('pg_type', 't.oid')} and (t.typtype = 'r' or (t.typtype = 'b' and t.typcategory <> 'A'))
  union all
  select 'aggregate', format('%I.%I', n.nspname, p.proname) from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where ${USER_SCHEMA} and p.prokind = 'a' and ${own('pg_proc', 'p.oid')}
  union all
  select 'operator', o.oprname from pg_operator o join pg_namespace n on n.oid = o.oprnamespace
    where ${USER_SCHEMA} and ${own('pg_operator', 'o.oid')}
  union all
  select 'collation', o.collname from pg_collation o join pg_namespace n on n.oid = o.collnamespace
    where ${USER_SCHEMA} and ${own('pg_collation', 'o.oid')}
  union all
  select 'event trigger', evtname from pg_event_trigger
  union all
  select 'large objects', count(*)::text from pg_largeobject_metadata having count(*) > 0
  limit 20`

/** What a restore finds in its way: a few names of anything that is neither PostgreSQL's nor an extension's. */
export const FOREIGN = `
  select format('%I.%I', n.nspname, c.relname) as name ${RELATION} and c.relkind in ('r', 'p', 'v', 'm', 'S', 'f', 'c')
  union all
  select format('%I.%I()', n.nspname, p.proname) from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where ${USER_SCHEMA} and ${own('pg_proc', 'p.oid')}
  union all
  select n.nspname from pg_namespace n where ${USER_SCHEMA} and n.nspname <> 'public' and ${own('pg_namespace', 'n.oid')}
  limit 5`
