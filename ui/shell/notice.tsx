// Full-area notices: waiting, failed, missing, forbidden. Each says what happened and what to do next.
import { Link } from '@tanstack/react-router'
import type { Failure } from '@yingzao/platform/client'
import { Button } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import { useText } from '../text/language.tsx'
import { text } from './text.ts'

/** Nothing for a moment, then a quiet word: most answers come before. */
export function Waiting() {
  const t = useText(text)
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div className="yz-notice" role="status" aria-busy="true">
      {late && <span className="yz-faint">{t('loading')}</span>}
    </div>
  )
}

export function Notice({ title, children, actions }: { title: string; children?: ReactNode; actions?: ReactNode }) {
  return (
    <section className="yz-notice">
      <h1>{title}</h1>
      <div className="yz-soft">{children}</div>
      <div className="yz-flex">{actions}</div>
    </section>
  )
}

const HomeButton = () => {
  const t = useText(text)
  return (
    <Link to="/" className="yz-button">
      {t('toHome')}
    </Link>
  )
}

export function NotFound() {
  const t = useText(text)
  return (
    <Notice title={t('notFoundTitle')} actions={<HomeButton />}>
      {t('notFoundDetail')}
    </Notice>
  )
}

/** An answer that is a no, in the server's own words, with the way out that fits its kind. */
export function Failed({ error, retry, back }: { error: Failure; retry?: () => void; back?: ReactNode }) {
  const t = useText(text)
  const { status, code, problem } = error
  const gone = status === 404
  const title =
    code === 'client.offline'
      ? t('offline')
      : gone
        ? t('recordGoneTitle')
        : status === 403
          ? t('forbiddenTitle')
          : problem.title
  const detail =
    code === 'client.offline'
      ? null
      : gone
        ? t('recordGoneDetail')
        : status === 403
          ? problem.detail || t('forbiddenDetail')
          : problem.detail
  return (
    <Notice
      title={title}
      actions={
        <>
          {retry && !gone && status !== 403 && (
            <Button type="primary" onClick={retry}>
              {t('retry')}
            </Button>
          )}
          {back}
        </>
      }
    >
      <p>{detail}</p>
      {problem.request_id && status >= 500 && (
        <p className="yz-faint yz-figure">{t('requestId', { id: problem.request_id })}</p>
      )}
    </Notice>
  )
}
