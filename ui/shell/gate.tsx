// Who is there: set-up on an empty system, sign-in without a session, a new password when due, else the frame.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useClient, useMeta as useMetaQuery, useSession } from '@yingzao/platform/client/react'
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react'
import { MetaProvider } from '../data/meta.ts'
import { useLanguage } from '../text/language.tsx'
import { useTheme } from '../theme/mode.tsx'
import { inFirstSteps } from './first-steps-flag.ts'
import { Failed, Waiting } from './notice.tsx'
import { leftByChoice } from './person-menu.tsx'
import { SignIn } from './sign-in.tsx'

const Setup = lazy(() => import('./setup.tsx'))
const FirstSteps = lazy(() => import('./first-steps.tsx'))
const NewPassword = lazy(() => import('./new-password.tsx'))

export function Gate({ children }: { children: ReactNode }) {
  const client = useClient()
  const cache = useQueryClient()
  const session = useSession()
  const signedOut = session.data === null
  const setup = useQuery({ queryKey: ['yz', 'setup'], queryFn: () => client.setup.state(), enabled: signedOut })
  const before = useRef(false)
  if (session.data) before.current = true
  const left = cache.getQueryData(leftByChoice) === true

  // Everything cached belongs to the person who left.
  const me = session.data?.me.id
  useEffect(() => {
    if (me) return
    cache.removeQueries({ predicate: query => !['session', 'setup', 'left'].includes(String(query.queryKey[1])) })
  }, [me, cache])

  if (session.isPending) return <Waiting />
  if (session.error) return <Failed error={session.error} retry={() => void session.refetch()} />
  if (signedOut) {
    if (setup.isPending) return <Waiting />
    if (setup.error) return <Failed error={setup.error} retry={() => void setup.refetch()} />
    return (
      <Suspense fallback={<Waiting />}>
        {setup.data.needed ? <Setup state={setup.data} /> : <SignIn ended={before.current && !left} />}
      </Suspense>
    )
  }
  if (session.data?.must_change_password)
    return (
      <Suspense fallback={<Waiting />}>
        <NewPassword />
      </Suspense>
    )
  return <SignedIn>{children}</SignedIn>
}

function SignedIn({ children }: { children: ReactNode }) {
  const meta = useMetaQuery()
  const { setLang } = useLanguage()
  const { setChoice } = useTheme()
  const applied = useRef('')
  const [first, setFirst] = useState(inFirstSteps)

  // What the person set elsewhere counts here too, once per sign-in; after that this device leads.
  const me = meta.data?.me
  useEffect(() => {
    if (!me || applied.current === me.id) return
    applied.current = me.id
    setLang(me.lang)
    setChoice(me.theme)
  }, [me, setLang, setChoice])

  if (meta.data)
    return (
      <MetaProvider value={meta.data}>
        {first ? (
          <Suspense fallback={<Waiting />}>
            <FirstSteps onEnd={() => setFirst(false)} />
          </Suspense>
        ) : (
          children
        )}
      </MetaProvider>
    )
  if (meta.error) return <Failed error={meta.error} retry={() => void meta.refetch()} />
  return <Waiting />
}
