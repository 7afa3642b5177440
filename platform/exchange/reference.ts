// Names in cells → ids of records the caller may see: by title, by a unique field, or by the id itself.
import type { Ctx } from '@yingzao/kernel/context'
import { isId, type Json, titleFields } from '@yingzao/kernel/entity'
import { shapeOf } from '@yingzao/kernel/registry'
import { list } from '@yingzao/kernel/server'

export type Lookup = { readonly id: string } | { readonly code: 'exchange.not_found' | 'exchange.ambiguous' }

/** Resolves many names with few questions; what was once found is remembered for the length of the import. */
export interface Resolver {
  prepare(wanted: ReadonlyMap<string, ReadonlySet<string>>): Promise<void>
  find(entity: string, text: string): Lookup
}

const CHUNK = 200

export function createResolver(ctx: Ctx): Resolver {
  const known = new Map<string, Map<string, Set<string>>>()

  async function look(entity: string, texts: readonly string[]): Promise<void> {
    const found = known.get(entity) ?? new Map<string, Set<string>>()
    known.set(entity, found)
    for (const text of texts) found.set(text, new Set())
    const ids = texts.filter(text => isId(text.toLowerCase()))
    const searches: { field: string; values: readonly string[] }[] = [
      { field: 'id', values: ids.map(text => text.toLowerCase()) },
      ...searchable(ctx, entity).map(field => ({ field, values: texts })),
    ]
    for (const { field, values } of searches)
      for (let at = 0; at < values.length; at += CHUNK) {
        const part = values.slice(at, at + CHUNK)
        let after: string | undefined
        do {
          const page = await list(ctx, entity, {
            filter: { [field]: { in: part } },
            fields: field === 'id' ? [] : [field],
            limit: 500,
            ...(after === undefined ? {} : { after }),
          })
          for (const record of page.items) {
            const text = field === 'id' ? texts.find(each => each.toLowerCase() === record.id) : textOf(record[field])
            if (text !== undefined) found.get(text)?.add(record.id)
          }
          after = page.next ?? undefined
        } while (after !== undefined)
      }
  }

  return {
    async prepare(wanted) {
      for (const [entity, texts] of wanted) {
        const fresh = [...texts].filter(text => !known.get(entity)?.has(text))
        if (fresh.length > 0) await look(entity, fresh)
      }
    },
    find(entity, text) {
      const ids = known.get(entity)?.get(text)
      const [id] = ids ?? []
      if (id === undefined) return { code: 'exchange.not_found' }
      return ids && ids.size > 1 ? { code: 'exchange.ambiguous' } : { id }
    },
  }
}

const textOf = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined)

/** Fields that name a record: its title and what is unique, as far as they are text. */
function searchable(ctx: Ctx, entity: string): readonly string[] {
  const { def, fields } = shapeOf(ctx.registry, entity)
  const names = titleFields(def)
  return [...fields.values()]
    .filter(({ name, def: field }) => {
      const text = field.kind === 'text' || field.kind === 'serial'
      return text && (names.includes(name) || field.unique || field.kind === 'serial')
    })
    .map(({ name }) => name)
}
