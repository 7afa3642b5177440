// iCalendar (RFC 5545), written: feeds to subscribe to and plans as a calendar file.
export { type IcsCalendar, type IcsEvent, writeIcs } from './write.ts'
