// Cards of the declarations, checked at boot: a card that names what is not there fails the boot, not somebody's home page.
import type { Card } from '@yingzao/kernel/entity'
import type { Registry } from '../registry.ts'
import type { Problem } from './problem.ts'

export function checkCards(registry: Registry, problems: Problem[]): void {
  const files = new Map<string, string>()
  for (const { cards, actions, name, file } of registry.modules.values()) {
    for (const card of cards) {
      const say = (reason: string): void => {
        problems.push({ file, message: `card ${card.name}: ${reason}` })
      }
      const other = files.get(card.name)
      if (other) say(`declared twice, also in ${other}`)
      files.set(card.name, file)
      const [needed = '', fn] = card.needs.split(':')
      if (!registry.shapes.has(needed) || !fn) say(`needs the unknown function "${card.needs}"`)
      for (const role of Object.keys(card.home)) if (!registry.roles.has(role)) say(`unknown role "${role}"`)
      if (card.reads !== undefined && !actions.some(each => each.name === card.reads && each.reads))
        say(`"${card.reads}" is no reading action of module "${name}"`)
      checkFigures(registry, card, say)
    }
  }
}

function checkFigures(registry: Registry, card: Card, say: (reason: string) => void): void {
  const shape = card.list && registry.shapes.get(card.list.entity)
  if (card.list && !shape) say(`unknown entity "${card.list.entity}"`)
  const known = (field: string) =>
    !shape || shape.fields.has(field) || ['number', 'state', 'stage', 'created_at'].includes(field)
  for (const field of card.list ? [...card.list.fields.split(' '), ...Object.keys(card.list.filter)] : [])
    if (!known(field)) say(`"${card.list?.entity}" has no field "${field}"`)
  for (const figure of card.figures ?? []) {
    if ('metric' in figure && !registry.metrics.has(figure.metric)) say(`unknown metric "${figure.metric}"`)
    if (!('metric' in figure) && !card.list) say('counts or sums without a list')
    if ('sum' in figure && !known(figure.sum)) say(`"${card.list?.entity}" has no field "${figure.sum}"`)
  }
}
