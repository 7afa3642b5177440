// What companies, departments, types, stages and healths are called.
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { useLabel, useText } from '@yingzao/ui/text/language.tsx'
import type { Portfolio } from '../shape.ts'
import type { Grouping, Narrowing } from './choice.ts'
import { text } from './text.ts'

export function useNames({ names }: Pick<Portfolio, 'names'>): (of: Grouping | Narrowing, value: string) => string {
  const t = useText(text)
  const label = useLabel()
  const project = entityOf(useMeta(), 'project')
  return (of, value) => {
    if (value === '') return t('unknown')
    if (of === 'company' || of === 'department') return names[value] ?? value
    if (of === 'stage') {
      const stage = project?.stages?.[value]
      return stage ? label(stage.label) : value
    }
    const field = project?.fields.find(each => each.name === of)
    const option = field?.kind === 'choice' ? field.options[value] : undefined
    return option ? label(option) : value
  }
}
