// A new plan: empty, or begun with a template; those for the project's type stand first.

import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { isFailure } from '@yingzao/platform/client'
import { keys, useClient, useRecord } from '@yingzao/platform/client/react'
import { useChanges } from '@yingzao/ui/data/changes'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { useSay } from '@yingzao/ui/data/say'
import { useRecordRefs } from '@yingzao/ui/data/titles'
import { useDraft } from '@yingzao/ui/form/draft'
import { FieldsForm } from '@yingzao/ui/form/fields-form.tsx'
import { formFields } from '@yingzao/ui/form/sections'
import type { NewRecordProps } from '@yingzao/ui/pages'
import { Waiting } from '@yingzao/ui/shell/notice.tsx'
import { PageHeader } from '@yingzao/ui/shell/page-header.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Alert, Button } from 'antd'
import { useId, useState } from 'react'
import { TemplateCards } from './template-cards.tsx'
import type { Counts } from './template-counts.tsx'
import { text } from './template-text.ts'
import { useTemplate, useTemplates } from './use-templates.ts'

/** What a template decides, and what it leaves to whoever begins the plan. */
const left = ['name', 'project', 'calendar', 'start_on']

export default function NewPlan({ entity, given }: NewRecordProps) {
  const t = useText(text)
  const say = useSay()
  const meta = useMeta()
  const client = useClient()
  const cache = useQueryClient()
  const changes = useChanges(entity.name)
  const navigate = useNavigate()
  const prefix = useId()
  const form = useDraft(entity.fields, name => entityOf(meta, name), null, given)
  const refs = useRecordRefs(entity, { ...form.values, id: '', version: 0, _can: [] })
  const project = typeof form.values.project === 'string' ? form.values.project : null
  const type = useRecord('project', project).data?.type ?? null
  const { templates, isPending } = useTemplates(type)
  // Unless somebody chooses: what suits the project.
  const [picked, setPicked] = useState<string | null>(null)
  const suits = type === null ? undefined : templates.find(each => each.project_type === type)?.id
  const chosen = picked ?? suits ?? ''
  const template = useTemplate(chosen === '' ? null : chosen)
  const [counts, setCounts] = useState<Counts>({})
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  if (isPending) return <Waiting />

  const fields = formFields(entity).filter(
    field => !field.formula && field.right === 'edit' && (chosen === '' || left.includes(field.name)),
  )
  const begin = async (): Promise<string> => {
    const input = form.input()
    if (chosen === '') return (await changes.create(input)).id
    const own = Object.fromEntries(
      Object.entries(input).filter(([name, value]) => left.includes(name) && value !== null),
    )
    const made = await client.perform<{ plan: string; tasks: number }>('schedule.start_plan', {
      ...own,
      ...{ template: chosen, counts },
    })
    say.good(t('created', { count: made.tasks }))
    for (const name of ['plan', 'project']) void cache.invalidateQueries({ queryKey: keys.entity(name) })
    return made.plan
  }
  const submit = async () => {
    if (Object.keys(form.check(fields)).length > 0) return
    setBusy(true)
    setProblem(null)
    try {
      const id = await begin()
      await navigate({ to: '/$module/$name/$id', params: { module: 'schedule', name: 'plan', id }, replace: true })
    } catch (error) {
      if (isFailure(error)) form.refused(error.problem)
      setProblem(say.reason(error))
      setBusy(false)
    }
  }
  return (
    <>
      <PageHeader title={t('newPlan')} under={entity} />
      <div className="yz-template-new">
        <section className="yz-section">
          <h2>{t('plan')}</h2>
          <FieldsForm
            sections={[{ title: null, fields }]}
            values={form.values}
            errors={form.errors}
            refs={refs}
            idPrefix={prefix}
            onChange={form.set}
            onBlur={form.touch}
          />
          {problem && <Alert type="error" role="alert" title={problem} />}
          <Button
            type="primary"
            block
            loading={busy}
            disabled={chosen !== '' && !template}
            onClick={() => void submit()}
          >
            {t('create')}
          </Button>
        </section>
        <TemplateCards
          templates={templates}
          type={type}
          chosen={chosen}
          template={template}
          counts={counts}
          onChoose={id => {
            setPicked(id)
            setCounts({})
          }}
          onCounts={setCounts}
        />
      </div>
    </>
  )
}
