// Push on this browser: whether it can, switching it on and off, and staying known to the server.
import type { Client } from '@yingzao/platform/client'

/** As in shell/frame.tsx. "user device": who switched push on in this browser, and as what the server knows it. */
const KEPT = 'yingzao.push'
const worker = '/push-worker.js'

/** `home_screen`: an iPhone or iPad pushes only to what was added to its home screen. */
export type Able = 'yes' | 'insecure' | 'home_screen' | 'unsupported' | 'denied'

export function ableToPush(): Able {
  if (!window.isSecureContext) return 'insecure'
  const known = 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window
  if (!known) return isAppleTouch() ? 'home_screen' : 'unsupported'
  return Notification.permission === 'denied' ? 'denied' : 'yes'
}

/** An iPad calls itself a Mac. */
const isAppleTouch = () =>
  /iPhone|iPad|iPod/.test(navigator.userAgent) || (/Mac/.test(navigator.userAgent) && navigator.maxTouchPoints > 1)

/** As what the server knows this browser; null when this person has not switched it on here. */
export function deviceHere(user: string): string | null {
  const [of, device = null] = localStorage.getItem(KEPT)?.split(' ') ?? []
  return of === user ? device : null
}

/** Asks the browser's permission, so it is called on a press only. `unreachable`: its push service does not answer. */
export async function switchOn(
  client: Client,
  user: string,
  key: string,
): Promise<'on' | 'dismissed' | 'denied' | 'unreachable'> {
  const permission = await Notification.requestPermission()
  if (permission !== 'granted') return permission === 'denied' ? 'denied' : 'dismissed'
  await navigator.serviceWorker.register(worker)
  const registration = await navigator.serviceWorker.ready
  let subscription: PushSubscription
  try {
    subscription = await subscribe(registration, key)
  } catch {
    return 'unreachable'
  }
  await keep(client, user, subscription)
  return 'on'
}

export async function switchOff(client: Client, device: string): Promise<void> {
  localStorage.removeItem(KEPT)
  await (await subscriptionHere())?.unsubscribe()
  await client.push.remove(device)
}

/** Goes where a press on a notification leads, while the app is open. */
export function followNotifications(go: (path: string) => void): void {
  navigator.serviceWorker.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (typeof data === 'object' && data !== null && 'open' in data && typeof data.open === 'string') go(data.open)
  }
}

/**
 * Once a page is opened where push was switched on: goes where a press on a notification leads, and tells the server that this
 * browser is in use still. Whoever else signed in here gets none of it.
 */
export async function attend(client: Client, user: string, go: (path: string) => void): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  followNotifications(go)
  if (ableToPush() !== 'yes' || Notification.permission !== 'granted' || deviceHere(user) === null) {
    localStorage.removeItem(KEPT)
    await (await subscriptionHere())?.unsubscribe()
    return
  }
  const { key } = await client.push.read()
  const registration = await navigator.serviceWorker.register(worker)
  await keep(client, user, await subscribe(registration, key))
}

async function keep(client: Client, user: string, subscription: PushSubscription): Promise<void> {
  const { endpoint, keys } = subscription.toJSON()
  const { id } = await client.push.keep({
    endpoint: endpoint ?? '',
    keys: { p256dh: keys?.p256dh ?? '', auth: keys?.auth ?? '' },
  })
  localStorage.setItem(KEPT, `${user} ${id}`)
}

/** A subscription to another key than the installation's present one reaches nobody. */
async function subscribe({ pushManager }: ServiceWorkerRegistration, key: string): Promise<PushSubscription> {
  const known = await pushManager.getSubscription()
  if (known && keyOf(known) === key) return known
  await known?.unsubscribe()
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })
}

function keyOf({ options: { applicationServerKey: key } }: PushSubscription): string | null {
  if (key === null) return null
  const text = btoa(String.fromCharCode(...new Uint8Array(key)))
  return text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

const subscriptionHere = async () =>
  (await navigator.serviceWorker?.getRegistration('/'))?.pushManager?.getSubscription() ?? null
