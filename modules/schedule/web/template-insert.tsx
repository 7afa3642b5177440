// A template put into a plan that exists: which one, below which task, how many of what.
import type { PlanEdit } from '@yingzao/engines/schedule/edit'
import type { Plan } from '@yingzao/engines/schedule/plan'
import type { RecordJson } from '@yingzao/kernel/entity'
import { useClient, useRecord } from '@yingzao/platform/client/react'
import { useSay } from '@yingzao/ui/data/say'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Alert, Modal, Select } from 'antd'
import { useId, useMemo, useState } from 'react'
import { taskNames } from './analysis.tsx'
import { TemplateCards } from './template-cards.tsx'
import type { Counts } from './template-counts.tsx'
import { text } from './template-text.ts'
import { useTemplate, useTemplates } from './use-templates.ts'

interface Props {
  readonly record: RecordJson
  readonly plan: Plan
  /** The task at which the planner stands. */
  readonly at: string | undefined
  /** Edits the plan as one step; false when it was refused. */
  readonly onEdits: (edits: readonly PlanEdit[], summary: string) => Promise<boolean>
  readonly onClose: () => void
}

export default function TemplateInsert({ record, plan, at, onEdits, onClose }: Props) {
  const t = useText(text)
  const say = useSay()
  const client = useClient()
  const id = useId()
  const project = useRecord('project', typeof record.project === 'string' ? record.project : null)
  const type = project.data?.type ?? null
  const { templates } = useTemplates(type)
  const [picked, setPicked] = useState<string | null>(null)
  const chosen = picked ?? templates[0]?.id ?? ''
  const template = useTemplate(chosen === '' ? null : chosen)
  const [counts, setCounts] = useState<Counts>({})
  const [under, setUnder] = useState(at ?? '')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const places = useMemo(() => {
    const names = taskNames(plan)
    return plan.tasks
      .filter(each => each.kind !== 'milestone' && !each.external)
      .map(each => ({ value: each.id, label: `${names.get(each.id)?.number ?? ''} ${each.name}` }))
  }, [plan])
  const insert = async () => {
    setBusy(true)
    setProblem(null)
    try {
      const laid = await client.perform<{ edits: PlanEdit[]; tasks: number }>('schedule.expand_template', {
        ...{ template: chosen, plan: record.id, counts },
        ...(under === '' ? {} : { under }),
      })
      const name = templates.find(each => each.id === chosen)?.name ?? ''
      if (await onEdits(laid.edits, t('insertedSummary', { name }))) {
        say.good(t('inserted', { count: laid.tasks }))
        return onClose()
      }
      setProblem(t('insertFailed'))
    } catch (error) {
      setProblem(say.reason(error))
    }
    setBusy(false)
  }
  return (
    <Modal
      open
      width={640}
      title={t('insert')}
      okText={t('insertDo')}
      okButtonProps={{ disabled: !template }}
      confirmLoading={busy}
      onCancel={onClose}
      onOk={() => void insert()}
      className="yz-template-insert"
    >
      <div className="yz-stack">
        <label htmlFor={id}>{t('under')}</label>
        <Select
          id={id}
          value={under}
          showSearch={{ optionFilterProp: 'label' }}
          options={[{ value: '', label: t('atEnd') }, ...places]}
          onChange={setUnder}
        />
        <TemplateCards
          templates={templates}
          type={type}
          chosen={chosen}
          template={template}
          counts={counts}
          onChoose={next => {
            setPicked(next)
            setCounts({})
          }}
          onCounts={setCounts}
          withoutBlank
        />
        {problem && <Alert type="error" role="alert" title={problem} />}
      </div>
    </Modal>
  )
}
