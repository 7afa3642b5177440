// Catches what broke while drawing: the rest of the app lives on, and the reader learns what to do.
// React offers this as a class only; it is the one class of the interface.
import { Button } from 'antd'
import { Component, type ReactNode } from 'react'
import { useText } from '../text/language.tsx'
import { Notice } from './notice.tsx'
import { text } from './text.ts'

/** A new build replaced the chunks this page was made of: a reload is the cure, once. */
const staleBuild = (error: unknown) =>
  error instanceof TypeError && /dynamically imported module|module script/i.test(error.message)

const Broken = ({ error }: { error: unknown }) => {
  const t = useText(text)
  return (
    <Notice
      title={t('failedTitle')}
      actions={
        <Button type="primary" onClick={() => window.location.reload()}>
          {t('reload')}
        </Button>
      }
    >
      <p>{t('failedDetail')}</p>
      <code className="yz-faint">{error instanceof Error ? `${error.name}: ${error.message}` : String(error)}</code>
    </Notice>
  )
}

interface Props {
  readonly children: ReactNode
  /** Changing it tries again: the address of the page. */
  readonly resetKey?: string
}

export class ErrorBoundary extends Component<Props, { readonly error: unknown; readonly key: string | undefined }> {
  override state = { error: null, key: this.props.resetKey }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }
  static getDerivedStateFromProps(props: Props, state: { key: string | undefined }) {
    return props.resetKey === state.key ? null : { error: null, key: props.resetKey }
  }
  override componentDidCatch(error: unknown) {
    const flag = 'yingzao.reloaded'
    if (staleBuild(error) && !sessionStorage.getItem(flag)) {
      sessionStorage.setItem(flag, '1')
      window.location.reload()
    }
  }
  override render() {
    return this.state.error === null ? this.props.children : <Broken error={this.state.error} />
  }
}
