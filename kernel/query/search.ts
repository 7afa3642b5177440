// Search: words find candidates through an index, then every hit is compared with the fields its reader may see.
import { titleField } from '@yingzao/kernel/entity'
import { type RawBuilder, sql } from 'kysely'
import { predicate } from '../access/predicate.ts'
import { rightsOf } from '../access/rights.ts'
import { isNone } from '../access/rows.ts'
import type { Ctx } from '../context.ts'
import { refuse } from '../refuse.ts'
import { type Question, question } from './readable.ts'

const longest = 100
const mostWords = 8

/** As `yingzao.search_text` folds in the database. */
const fold = (text: string): string => text.normalize('NFKC').replaceAll(/[A-Z]/g, letter => letter.toLowerCase())

/** What must be in the index for the word to be in the text: its words by their beginning, other letters in pairs. */
export function searchTerms(word: string): string[] {
  const terms: string[] = []
  for (const [run] of fold(word).matchAll(/[a-z0-9]+|[^\0-\u007f]+/g)) {
    if (/^[a-z0-9]/.test(run)) terms.push(`${quoted(run.slice(0, 200))}:*`)
    else {
      const letters = [...run]
      if (letters.length === 1) terms.push(`${quoted(run)}:*`)
      else for (let at = 0; at + 1 < letters.length; at++) terms.push(quoted(`${letters[at]}${letters[at + 1]}`))
    }
  }
  return terms
}
const quoted = (term: string): string => `'${term.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`

/** Every word must stand in some field that the reader may see on that row. */
export function searchCondition(question: Question, text: string): RawBuilder<unknown> {
  const words = text.trim().split(/\s+/).filter(Boolean)
  if (words.length === 0) return sql`true`
  if (text.length > longest || words.length > mostWords || text.includes('\0'))
    throw refuse('query.filter', { field: 'search' })
  const fields = searchable(question)
  if (fields.length === 0) return sql`false`
  const terms = [...new Set(words.flatMap(searchTerms))]
  const all = sql.join(fields.map(name => question.field(name).value))
  const found = words.map(
    word => sql`position(yingzao.search_text(${word}) in yingzao.search_text(concat_ws(E'\\n', ${all}))) > 0`,
  )
  return sql`(${sql.join([...(terms.length > 0 ? [sql`t._search @@ ${terms.join(' & ')}::tsquery`] : []), ...found], sql` and `)})`
}

const searchable = ({ shape, rights }: Question): string[] =>
  shape.searched.filter(name => !isNone(rights.field(name, 'read')))

export interface Hit {
  readonly entity: string
  readonly id: string
  readonly title: string
}
export interface SearchOptions {
  readonly entities?: readonly string[]
  /** ≤ 50 in all, default 20. */
  readonly limit?: number
}

/** Records of any kind whose readable text contains every word; the newest first, at most a handful of each kind. */
export async function search(ctx: Ctx, text: string, { entities, limit = 20 }: SearchOptions = {}): Promise<Hit[]> {
  if (text.trim() === '') return []
  const most = Math.min(limit, 50)
  const parts = [...ctx.registry.shapes.values()].flatMap(shape => {
    const asked = entities === undefined || entities.includes(shape.name)
    const rights = rightsOf(ctx, shape.name)
    const title = shape.fields.get(titleField(shape.def, ctx.lang))
    if (!asked || shape.searched.length === 0 || !title?.column || isNone(rights.rows('read'))) return []
    const about = question(ctx, shape)
    if (searchable(about).length === 0 || isNone(rights.field(title.name, 'read'))) return []
    return [
      sql`(select ${shape.name}::text as entity, t.id, ${about.field(title.name).value}::text as title, t.created_at
        from ${sql.id(ctx.tenant, shape.name)} t
        where t.deleted_at is null and ${predicate(rights.rows('read'), { tenant: ctx.tenant, entity: shape.name, alias: 't' })}
          and ${searchCondition(about, text)}
        order by t.created_at desc, t.id desc limit ${most})`,
    ]
  })
  if (parts.length === 0) return []
  const { rows } = await sql<{ entity: string; id: string; title: string | null }>`
    select entity, id, title from (${sql.join(parts, sql` union all `)}) hits
    order by created_at desc, id desc limit ${most}`.execute(ctx.db)
  return rows.map(({ entity, id, title }) => ({ entity, id, title: title ?? '' }))
}
