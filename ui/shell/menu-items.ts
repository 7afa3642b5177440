// The menu: what the modules declare and I may open, in groups.
import type { Label, MenuGroup, Meta } from '@yingzao/kernel/entity'
import { entityOf } from '../data/meta.ts'
import { groupText } from './text.ts'

export interface MenuItem {
  readonly key: string
  /** Address: /{module}/{name}. */
  readonly module: string
  readonly name: string
  readonly label: Label
  readonly order: number
}
export interface MenuSection {
  readonly group: MenuGroup
  readonly label: Label
  readonly items: readonly MenuItem[]
}

const groups = Object.keys(groupText).filter((name): name is MenuGroup => name in groupText)

/** Sections in their fixed order; an empty one is left out, an entity I may not read too. */
export function menuOf(meta: Meta): readonly MenuSection[] {
  const items = meta.modules.flatMap(module => {
    const { menu } = module
    if (!menu) return []
    const declared =
      menu.items ??
      meta.entities
        .filter(entity => entity.module === module.name && entity.kind !== 'line' && !entity.internal)
        .map(entity => ({ entity: entity.name }))
    return declared.flatMap((item, at) => {
      const order = menu.order * 100 + ('order' in item && item.order !== undefined ? item.order : at)
      if ('page' in item && item.page) {
        const name = item.page
        return [
          {
            group: menu.under,
            key: `${module.name}/${name}`,
            module: module.name,
            name,
            label: item.label ?? module.label,
            order,
          },
        ]
      }
      const entity = item.entity ? entityOf(meta, item.entity) : undefined
      if (!entity?.can.includes('read')) return []
      const { module: owner, name } = entity
      const label = 'label' in item && item.label ? item.label : entity.label
      return [{ group: menu.under, key: `${owner}/${name}`, module: owner, name, label, order }]
    })
  })
  return groups
    .map(group => ({
      group,
      label: groupText[group],
      items: items.filter(item => item.group === group).sort((a, b) => a.order - b.order),
    }))
    .filter(section => section.items.length > 0)
}
