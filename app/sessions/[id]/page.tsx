import { nameInPath } from "../../../components/fabric/name-in-path.ts";
import { SessionScreen } from "../../../components/fabric/session-screen.tsx";

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <SessionScreen id={nameInPath((await params).id)} />;
}
