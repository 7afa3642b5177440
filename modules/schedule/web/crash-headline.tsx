// The curve in three figures, and how far it is proved.
import { compare, subtract } from '@yingzao/engines/money'
import type { PlanCrash } from '@yingzao/engines/time-cost'
import { Figures } from '@yingzao/ui/chart/figures.tsx'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import { Alert, Button, Progress } from 'antd'
import { dayText } from './analysis.tsx'
import type { CrashResult } from './crash.worker.ts'
import { text } from './crash-text.ts'

export function CrashHeadline({ crash: { choices, best, now, shortest: proved } }: { crash: PlanCrash }) {
  const t = useText(text)
  const formats = useFormats()
  const [asIs, cheapest, shortest] = [choices[now], choices[best], choices.at(-1)]
  const unchanged = cheapest !== undefined && cheapest.cuts.length + cheapest.switches.length === 0
  return (
    <Figures
      items={[
        { label: t('asIs'), value: dayText(asIs?.finish ?? 0) },
        {
          label: t('best'),
          value: dayText(cheapest?.finish ?? 0),
          note: unchanged ? t('asIsBest') : t('bestNote', { total: formats.moneyShort(cheapest?.total) }),
          tone: unchanged ? undefined : 'good',
        },
        {
          label: t('shortest'),
          value: dayText(shortest?.finish ?? 0),
          note: t(proved ? 'shortestNote' : 'shortestFound', { direct: formats.moneyShort(shortest?.direct) }),
        },
      ]}
    />
  )
}

interface Props {
  readonly result: Extract<CrashResult, { ok: true }>
  /** Ends the proof with what there is. */
  readonly onEnough: () => void
  readonly onAgain: () => void
}

export function CrashProof({ result: { crash, going, unsolved }, onEnough, onAgain }: Props) {
  const t = useText(text)
  const formats = useFormats()
  if (going)
    return (
      <div className="yz-flex yz-no-print" role="status">
        <span className="yz-soft">{t('proving', going)}</span>
        <Progress
          className="yz-grow"
          percent={Math.round((100 * going.done) / Math.max(1, going.all))}
          size="small"
          aria-label={t('provingLabel')}
        />
        <Button size="small" onClick={onEnough}>
          {t('enough')}
        </Button>
      </div>
    )
  if (unsolved) return <Alert type="warning" showIcon title={t('unsolved')} />
  const open = crash.choices.filter(({ proved }) => !proved)
  if (open.length === 0) return null
  const gap = open.map(({ direct, bound }) => subtract(direct, bound)).reduce((a, b) => (compare(a, b) < 0 ? b : a))
  return (
    <Alert
      type="info"
      showIcon
      title={t('unproved', { count: open.length, gap: formats.moneyShort(gap) })}
      action={
        <Button size="small" onClick={onAgain}>
          {t('again')}
        </Button>
      }
    />
  )
}
