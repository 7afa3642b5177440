// Reports that are still on this device: how many, which were refused and why, sent again or corrected.
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import { Alert, App, Button } from 'antd'
import type { Kept } from './outbox.ts'
import { text } from './text.ts'
import type { Outbox } from './use-outbox.ts'

export function OutboxNote({ outbox, onCorrect }: { outbox: Outbox; onCorrect: (entry: Kept) => void }) {
  const t = useText(text)
  const formats = useFormats()
  const { modal } = App.useApp()
  const { waiting } = outbox
  if (waiting.length === 0) return null
  const discard = (entry: Kept) =>
    void modal.confirm({
      title: t('discardTitle'),
      content: t('discardNote'),
      okText: t('discard'),
      okButtonProps: { danger: true },
      cancelText: t('cancel'),
      onOk: () => outbox.discard(entry.id),
    })
  return (
    <Alert
      type="warning"
      showIcon
      title={t('outboxCount', { count: waiting.length })}
      action={
        <Button size="small" onClick={outbox.again}>
          {t('sendNow')}
        </Button>
      }
      description={
        <ul className="yz-outbox" aria-label={t('outbox')}>
          {waiting.map(entry => (
            <li key={entry.id}>
              <span className="yz-grow">
                <strong>{entry.name}</strong>{' '}
                <span className="yz-figure">
                  {formats.date(entry.input.reported_on)}
                  {entry.photos.length > 0 && ` · ${t('photos', { count: entry.photos.length })}`}
                </span>
                {entry.problem && <span className="yz-bad yz-block">{entry.problem}</span>}
              </span>
              {entry.problem && (
                <Button size="small" onClick={() => onCorrect(entry)}>
                  {t('correct')}
                </Button>
              )}
              <Button size="small" onClick={() => discard(entry)}>
                {t('discard')}
              </Button>
            </li>
          ))}
        </ul>
      }
    />
  )
}
