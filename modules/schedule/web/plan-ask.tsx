// What a plan's branch, baseline or publication shall be called.
import { useNavigate } from '@tanstack/react-router'
import { f, type Json, type RecordJson } from '@yingzao/kernel/entity'
import { type Changes, type Draft, useChanges } from '@yingzao/ui/data/changes'
import { useSay } from '@yingzao/ui/data/say'
import { InputDialog, inputFields } from '@yingzao/ui/record/verb-bar.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { text } from './compare-text.ts'

export const asks = ['branch', 'keep_baseline', 'publish', 'ask_publish'] as const
export type Ask = (typeof asks)[number]
export const isAsk = (key: string | null): key is Ask => asks.some(each => each === key)

const note = f.text({ zh: '说明', en: 'Note' }, { max: 2000 })
const words = {
  branch: 'makeBranch',
  keep_baseline: 'keepBaseline',
  publish: 'publish',
  ask_publish: 'askPublish',
} as const
const notes = {
  branch: 'branchNote',
  keep_baseline: 'keepNote',
  publish: 'publishNote',
  ask_publish: 'askPublishNote',
} as const
const dones = {
  branch: 'branchMade',
  keep_baseline: 'keptBaseline',
  publish: 'publishedDone',
  ask_publish: 'askedPublish',
} as const
const fields = {
  branch: inputFields({ name: f.text({ zh: '方案名称', en: 'Name of the branch' }, { required: true, max: 200 }) }),
  keep_baseline: inputFields({
    name: f.text({ zh: '基线名称', en: 'Name of the baseline' }, { required: true, max: 200 }),
    note,
  }),
  ask_publish: inputFields({ name: f.text({ zh: '版本名称', en: 'Version' }, { required: true, max: 200 }), note }),
  publish: inputFields({ name: f.text({ zh: '版本名称', en: 'Version' }, { required: true, max: 200 }), note }),
}

/** Made and sent at once: there is nothing else to fill in. */
export async function requestPublication(requests: Changes, input: Draft): Promise<Json> {
  const { id } = await requests.create(input)
  return requests.run(id, 'submit', {})
}

interface Props {
  readonly record: RecordJson
  readonly ask: Ask
  readonly onClose: () => void
}

export function PlanAsk({ record, ask, onClose }: Props) {
  const t = useText(text)
  const say = useSay()
  const changes = useChanges('plan')
  const requests = useChanges('plan_publication')
  const navigate = useNavigate()
  return (
    <InputDialog
      title={t(words[ask])}
      note={t(notes[ask])}
      fields={fields[ask]}
      danger={false}
      onClose={onClose}
      onSubmit={async values => {
        const answer = await (ask === 'ask_publish'
          ? requestPublication(requests, { ...values, kind: 'publish', plan: record.id })
          : changes.run(record.id, ask, values))
        say.good(t(dones[ask]))
        onClose()
        const made: unknown = typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'plan') : undefined
        if (typeof made === 'string')
          await navigate({ to: '/$module/$name/$id', params: { module: 'schedule', name: 'plan', id: made } })
      }}
    />
  )
}
