// A tree by codes: what stands above an item is what its code without the last part names. One rule for both trees.
import { asSystem, type Ctx, list, patch, refuseInput } from '@yingzao/kernel/server'

type TreeName = 'cost_item' | 'expense_item'
interface Item {
  readonly id: string
  readonly code: string
  readonly parent: string | null
  readonly kind?: string | null
}

/** `01.02.03` → `01.02`; null at the top. */
export const codeAbove = (code: string): string | null => {
  const end = code.lastIndexOf('.')
  return end < 0 ? null : code.slice(0, end)
}

export const nothingAbove = (code: string) =>
  refuseInput([{ path: 'code', code: 'cost_item.nothing_above', values: { code } }])

/** After a save: what is below follows the code and the kind, and what is above is no leaf while it has something below. */
export async function keepTree(ctx: Ctx, entity: TreeName, after: Item | null, before: Item | null): Promise<void> {
  const system = asSystem(ctx)
  if (after && before && (after.code !== before.code || after.kind !== before.kind))
    for (const child of await below(ctx, entity, after.id))
      await patch(system, entity, child.id, undefined, { code: `${after.code}${child.code.slice(before.code.length)}` })
  for (const parent of new Set([after?.parent ?? null, before?.parent ?? null])) {
    if (parent === null || (after && before && after.parent === before.parent)) continue
    const leaf = (await below(ctx, entity, parent)).length === 0
    const [found] = (await list(system, entity, { filter: { id: { eq: parent } }, limit: 1 })).items
    if (found && found.leaf !== leaf) await patch(system, entity, found.id, undefined, { leaf })
  }
}

/** Directly below, all of them. */
async function below(ctx: Ctx, entity: TreeName, parent: string): Promise<{ id: string; code: string }[]> {
  const found: { id: string; code: string }[] = []
  let after: string | undefined
  do {
    const page = await list(asSystem(ctx), entity as string, {
      filter: { parent: { eq: parent } },
      fields: ['code'],
      limit: 500,
      ...(after === undefined ? {} : { after }),
    })
    found.push(...page.items.map(({ id, code }) => ({ id, code: String(code) })))
    after = page.next ?? undefined
  } while (after !== undefined)
  return found
}
