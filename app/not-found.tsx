import Link from "next/link";
import { PageTitle } from "../components/shell/page-title.tsx";
import { buttonClass } from "../components/ui/button.tsx";
import { Notice } from "../components/ui/notice.tsx";

export default function NotFound() {
  return (
    <div className="px-2 pt-5">
      <PageTitle state="No such page" />
      <h1 className="px-4">No such page</h1>
      <Notice
        title="Nothing is kept at this address."
        action={
          <Link href="/" className={buttonClass()}>
            To the overview
          </Link>
        }
      >
        It may have been copied in part, or come from another version. Ctrl K finds devices and sessions by name,
        address or AS number.
      </Notice>
    </div>
  );
}
