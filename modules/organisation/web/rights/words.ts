// How a right is said: functions, scopes and fields in the reader's words, and what a change does, line by line.
import type { Json, Label } from '@yingzao/kernel/entity'
import { useMeta } from '@yingzao/ui/data/meta'
import { verbLabel } from '@yingzao/ui/record/verbs'
import { useLabel, useText } from '@yingzao/ui/text/language.tsx'
import type { GrantableEntity } from '../../rights-shape.ts'
import { type Content, type Line, namedIn, same, scopeKind } from './draft.ts'
import { text } from './text.ts'

export const recordFunctions = ['read', 'create', 'update', 'delete', 'export', 'import'] as const
export type RecordFunction = (typeof recordFunctions)[number]
export const isRecordFunction = (fn: string): fn is RecordFunction => recordFunctions.some(each => each === fn)

export interface Group {
  readonly name: string
  readonly label: string
  readonly fields: GrantableEntity['fields']
}

export interface RightsWords {
  role(code: string): string
  fn(entity: GrantableEntity | undefined, name: string): string
  scope(scope: Json): string
  right(right: string): string
  groups(entity: GrantableEntity): readonly Group[]
  /** The fields of a grant that differ from what follows from its functions. */
  fields(entity: GrantableEntity | undefined, content: Content): string
  /** What the change from one to the other does, a sentence each. */
  changes(entity: GrantableEntity | undefined, before: Content, after: Content): readonly string[]
  /** What saving the line does. */
  line(entity: GrantableEntity | undefined, line: Line): readonly string[]
}

export function useRightsWords(): RightsWords {
  const t = useText(text)
  const label = useLabel()
  const { roles } = useMeta()
  const scopes: Readonly<Record<string, string>> = {
    own: t('own'),
    department: t('scopeDepartment'),
    department_below: t('scopeDepartmentBelow'),
    departments: t('departments'),
    my_projects: t('myProjects'),
    projects: t('projects'),
    all: t('all'),
  }
  const rights: Readonly<Record<string, string>> = {
    hidden: t('hidden'),
    masked: t('masked'),
    read: t('fieldRead'),
    edit: t('fieldEdit'),
  }
  const nameOfFn = (entity: GrantableEntity | undefined, name: string): string => {
    if (isRecordFunction(name)) return t(name)
    const own: Label | null | undefined = entity?.functions.find(each => each.name === name)?.label
    return label(own ?? verbLabel({}, name))
  }
  const scope = (value: Json): string => {
    const named = namedIn(value)
    const kind = scopes[scopeKind(value)] ?? scopeKind(value)
    return named ? t('named', { kind, count: named.ids.length }) : kind
  }
  const groups = (entity: GrantableEntity): Group[] => {
    const found = new Map<string, GrantableEntity['fields'][number][]>()
    for (const field of entity.fields) found.set(field.group, [...(found.get(field.group) ?? []), field])
    return [...found].map(([name, fields]) => ({ name, fields, label: groupLabel(name, fields) }))
  }
  const groupLabel = (name: string, fields: GrantableEntity['fields']): string => {
    if (name === 'basic') return t('basic')
    const [first, second, ...rest] = fields.map(field => label(field.label))
    if (first === undefined) return name
    if (second === undefined) return first
    return rest.length === 0 ? `${first} · ${second}` : t('groupOf', { first, count: fields.length })
  }
  const nameOfField = (entity: GrantableEntity | undefined, name: string): string => {
    const field = entity?.fields.find(each => each.name === name)
    if (field) return label(field.label)
    return (entity ? groups(entity).find(each => each.name === name)?.label : undefined) ?? name
  }
  const fields = (entity: GrantableEntity | undefined, content: Content): string =>
    Object.entries(content.fields)
      .map(([name, right]) => `${nameOfField(entity, name)} ${rights[right] ?? right}`)
      .join(' · ')
  const changes = (entity: GrantableEntity | undefined, before: Content, after: Content): string[] => {
    const named = (names: readonly string[]) => names.map(name => nameOfFn(entity, name)).join(' · ')
    const added = after.functions.filter(fn => !before.functions.includes(fn))
    const taken = before.functions.filter(fn => !after.functions.includes(fn))
    const scopeSame = same({ ...before, functions: [], fields: {} }, { ...after, functions: [], fields: {} })
    const unset = (name: string) => (name === 'basic' ? t('byFunctions') : t('hidden'))
    const of = (content: Content, name: string) => {
      const right = content.fields[name]
      if (right !== undefined) return rights[right] ?? right
      return entity?.fields.some(field => field.name === name) ? t('byGroup') : unset(name)
    }
    return [
      ...(added.length > 0 ? [t('plus', { what: named(added) })] : []),
      ...(taken.length > 0 ? [t('minus', { what: named(taken) })] : []),
      ...(scopeSame
        ? []
        : [t('becomes', { what: t('scope'), before: scope(before.scope), after: scope(after.scope) })]),
      ...[...new Set([...Object.keys(before.fields), ...Object.keys(after.fields)])]
        .filter(name => before.fields[name] !== after.fields[name])
        .map(name =>
          t('becomes', { what: nameOfField(entity, name), before: of(before, name), after: of(after, name) }),
        ),
    ]
  }
  const whole = (entity: GrantableEntity | undefined, content: Content): string[] => [
    t('plus', { what: content.functions.map(name => nameOfFn(entity, name)).join(' · ') }),
    t('scopeIs', { scope: scope(content.scope) }),
    ...(Object.keys(content.fields).length > 0 ? [fields(entity, content)] : []),
  ]
  return {
    role: code => (roles[code] ? label(roles[code].label) : code),
    fn: nameOfFn,
    scope,
    right: right => rights[right] ?? right,
    groups,
    fields,
    changes,
    line(entity, { saved, content, gone }) {
      if (!saved) return [t('givesNew'), ...whole(entity, content)]
      if (gone) return [t('takesAway')]
      const changed = changes(entity, saved.content, content)
      return saved.gone ? [t('bringsBack'), ...changed] : changed
    },
  }
}
