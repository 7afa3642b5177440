// A plan, or one summary of it, kept as a template.
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { Plan } from '@yingzao/engines/schedule/plan'
import { type FieldMeta, f, type RecordJson } from '@yingzao/kernel/entity'
import { keys, useClient, useRecord } from '@yingzao/platform/client/react'
import { useSay } from '@yingzao/ui/data/say'
import { InputDialog, inputFields } from '@yingzao/ui/record/verb-bar.tsx'
import { Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { planTemplate } from '../template.entity.ts'
import { taskNames } from './analysis.tsx'
import { text } from './template-text.ts'

interface Props {
  readonly record: RecordJson
  readonly plan: Plan
  readonly at: string | undefined
  readonly onClose: () => void
}

export default function TemplateSave({ record, plan, at, onClose }: Props) {
  const t = useText(text)
  const say = useSay()
  const client = useClient()
  const cache = useQueryClient()
  const navigate = useNavigate()
  const project = useRecord('project', typeof record.project === 'string' ? record.project : null)
  if (project.isPending) return <Waiting />
  return (
    <InputDialog
      title={t('save')}
      note={t('saveNote')}
      fields={fieldsOf(plan, at, project.data?.type ?? 'other', text.whole)}
      danger={false}
      onClose={onClose}
      onSubmit={async ({ task, ...values }) => {
        const { template } = await client.perform<{ template: string }>('schedule.make_template', {
          ...values,
          plan: record.id,
          ...(typeof task === 'string' && task !== WHOLE ? { task } : {}),
        })
        void cache.invalidateQueries({ queryKey: keys.entity('plan_template') })
        say.good(t('saved'))
        onClose()
        await navigate({
          to: '/$module/$name/$id',
          params: { module: 'schedule', name: 'plan_template', id: template },
        })
      }}
    />
  )
}

const WHOLE = 'all'

function fieldsOf(
  plan: Plan,
  at: string | undefined,
  type: string,
  whole: { readonly zh: string; readonly en: string },
): readonly FieldMeta[] {
  const names = taskNames(plan)
  const parts = plan.tasks
    .filter(({ kind }) => kind === 'summary' || kind === 'wbs_summary')
    .map(({ id, name }) => [id, `${names.get(id)?.number ?? ''} ${name}`.trim()] as const)
  const { name, project_type: projectType, description } = planTemplate.def.fields
  return inputFields({
    name,
    task: f.choice(
      { zh: '取哪一部分', en: 'Which part' },
      Object.fromEntries([[WHOLE, whole], ...parts.map(([id, label]) => [id, { zh: label, en: label }] as const)]),
      { required: true, default: parts.some(([id]) => id === at) ? at : WHOLE },
    ),
    project_type: { ...projectType, default: type },
    description,
  })
}
