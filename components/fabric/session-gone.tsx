import Link from "next/link";
import type { FabricView, SessionRow } from "../../lib/view/view.ts";
import { PageTitle } from "../shell/page-title.tsx";
import { buttonClass } from "../ui/button.tsx";
import { clockText } from "../ui/format-time.ts";
import { Notice } from "../ui/notice.tsx";
import { plainText } from "../ui/plain-text.ts";
import { TONE_WORD } from "../ui/status-shapes.ts";
import { sessionName } from "./session-name.ts";

/** The session of this address is not there: what it was, as far as this tab or the log knows. */
export function SessionGone({ view, id, last }: { view: FabricView; id: string; last: SessionRow | undefined }) {
  const events = view.events.filter(({ session }) => session === id).slice(-5);
  const name = last ? sessionName(last) : plainText(id, 200);
  return (
    <div className="px-2 pt-5 max-md:px-0">
      <PageTitle state={`Gone: ${name}`} />
      <h1 className="said px-4 max-md:text-20">No such session now: {name}</h1>
      <Notice
        title={
          last
            ? `It was ${TONE_WORD[last.status]}: ${plainText(last.sentence, 400)}`
            : "No speaker that answers has such a session."
        }
        action={
          <Link href="/sessions" className={buttonClass()}>
            All sessions
          </Link>
        }
      >
        <p>
          A session leaves the list when neither end is configured with it any more, or when an address of it has
          changed; under a new address it is a new session.
        </p>
        {events.map((event) => (
          <p key={event.seq} className="said">
            {clockText(event.at)} {plainText(event.sentence, 300)}
          </p>
        ))}
      </Notice>
    </div>
  );
}
