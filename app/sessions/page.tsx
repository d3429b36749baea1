import { SessionsScreen } from "../../components/fabric/sessions-screen.tsx";

export default function Page() {
  return <SessionsScreen />;
}
