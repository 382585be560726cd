<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- A profile spelled out, and its bytes.  Included by report.xsl. -->
<xsl:stylesheet version="1.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:w="urn:wmsdiff:report:1"
                xmlns:d="http://www.forensicswiki.org/wiki/Category:Digital_Forensics_XML"
                xmlns:r="http://www.forensicswiki.org/wiki/RegXML"
                xmlns:delta="http://www.forensicswiki.org/wiki/Forensic_Disk_Differencing"
                exclude-result-prefixes="w d r delta">

 <!-- ==== a profile, whole ==== -->

 <xsl:template name="profile">
  <xsl:if test="w:generated_name">
   <p>
    <xsl:text>Its name is of the form that programs generate: process </xsl:text>
    <xsl:value-of select="w:generated_name/@pid"/>
    <xsl:text>, made </xsl:text>
    <xsl:call-template name="time"><xsl:with-param name="at" select="w:generated_name/@created"/></xsl:call-template>
    <xsl:text> (inferred).</xsl:text>
   </p>
  </xsl:if>
  <xsl:for-each select="w:client[@build]">
   <p>
    <xsl:text>Outlook build noted in it: </xsl:text><xsl:value-of select="@build"/>
    <xsl:if test="@version">, version <xsl:value-of select="@version"/> (inferred)</xsl:if>
    <xsl:if test="@setup = 'agrees'">; the set-up of Outlook in this hive names the same</xsl:if>
    <xsl:if test="@setup = 'differs'">; the set-up of Outlook in this hive names another</xsl:if>
    <xsl:text>.</xsl:text>
   </p>
  </xsl:for-each>
  <xsl:if test="w:client/@machine = 'agrees'">
   <p>The id of the machine for its rules is that of this hive: Outlook used the profile with it (inferred).</p>
  </xsl:if>
  <xsl:if test="w:client/@machine = 'differs'">
   <p>The id of the machine for its rules is not that of this hive: the profile came from elsewhere, or one of both was made anew (inferred).</p>
  </xsl:if>
  <xsl:if test="w:client/w:noted_time">
   <p>
    <xsl:text>Times that Outlook noted in it, to the minute (inferred): </xsl:text>
    <xsl:for-each select="w:client/w:noted_time">
     <xsl:if test="position() &gt; 1">; </xsl:if>
     <xsl:if test="@time"><xsl:call-template name="time"><xsl:with-param name="at" select="@time"/></xsl:call-template></xsl:if>
     <xsl:if test="@local"><xsl:value-of select="translate(@local, 'T', ' ')"/> local time, of an unknown zone</xsl:if>
     <span class="dim"><xsl:text> (</xsl:text><span class="mono"><xsl:value-of select="@tag"/></span>)</span>
    </xsl:for-each>
    <xsl:text>.</xsl:text>
   </p>
  </xsl:if>
  <xsl:if test="w:service">
   <table>
    <caption>Message services</caption>
    <thead><tr><th scope="col">Service</th><th scope="col">Shown as</th><th scope="col">What it is</th><th scope="col">Providers</th></tr></thead>
    <tbody>
     <xsl:for-each select="w:service">
      <tr>
       <th scope="row" data-label="Service"><bdi><xsl:value-of select="@name"/></bdi></th>
       <td data-label="Shown as"><bdi><xsl:value-of select="@display_name"/></bdi></td>
       <td data-label="What it is"><bdi><xsl:value-of select="@kind"/></bdi><xsl:text> </xsl:text><span class="dim"><bdi><xsl:value-of select="@dll"/></bdi></span></td>
       <td data-label="Providers">
        <xsl:for-each select="w:provider">
         <xsl:if test="position() &gt; 1">, </xsl:if>
         <bdi><xsl:value-of select="@display_name"/></bdi>
        </xsl:for-each>
       </td>
      </tr>
     </xsl:for-each>
    </tbody>
   </table>
  </xsl:if>
  <xsl:if test="w:exchange">
   <table>
    <caption>Exchange mailboxes</caption>
    <thead><tr><th scope="col">Kind</th><th scope="col">Server</th><th scope="col">Mailbox</th><th scope="col">User</th></tr></thead>
    <tbody>
     <xsl:for-each select="w:exchange">
      <tr>
       <th scope="row" data-label="Kind"><xsl:value-of select="@kind"/></th>
       <td data-label="Server"><bdi><xsl:value-of select="@server"/></bdi></td>
       <td data-label="Mailbox"><bdi><xsl:value-of select="@mailbox"/></bdi><xsl:text> </xsl:text><span class="dim path"><bdi><xsl:value-of select="@mailbox_dn"/></bdi></span></td>
       <td data-label="User" class="path"><bdi><xsl:value-of select="@user_dn"/></bdi></td>
      </tr>
     </xsl:for-each>
    </tbody>
   </table>
   <xsl:for-each select="w:exchange[@ost or @autodiscover or @mailbox_inside or @mailbox_outside or @smtp_address or @months]">
    <table>
     <caption>Exchange or Microsoft 365 account <bdi><xsl:value-of select="@mailbox"/></bdi></caption>
     <thead><tr><th scope="col">What</th><th scope="col">Value</th></tr></thead>
     <tbody>
      <xsl:for-each select="@smtp_address | @account_name | @auth_user | @server | @server_fqdn | @alternate | @proxy | @autodiscover | @mailbox_inside | @mailbox_outside | @book_inside | @book_outside | @ost | @cached | @cached_shared | @cached_public | @consumer | @months | @section">
       <tr>
        <th scope="row" data-label="What">
         <xsl:call-template name="words"><xsl:with-param name="code" select="name()"/></xsl:call-template>
         <xsl:if test="name() = 'months'"> kept offline (inferred)</xsl:if>
        </th>
        <td data-label="Value" class="path"><bdi><xsl:choose>
         <xsl:when test="starts-with(name(), 'cached') or name() = 'consumer'">
          <xsl:choose><xsl:when test=". = 1">yes</xsl:when><xsl:otherwise>no</xsl:otherwise></xsl:choose>
         </xsl:when>
         <xsl:otherwise><xsl:value-of select="."/></xsl:otherwise>
        </xsl:choose></bdi></td>
       </tr>
      </xsl:for-each>
     </tbody>
    </table>
   </xsl:for-each>
  </xsl:if>
  <xsl:if test="w:file">
   <table>
    <caption>Files that it needs</caption>
    <thead><tr><th scope="col">Kind</th><th scope="col">Path</th></tr></thead>
    <tbody>
     <xsl:for-each select="w:file">
      <tr>
       <th scope="row" data-label="Kind"><xsl:value-of select="@kind"/><xsl:if test="@default_store = 1">, default store</xsl:if><xsl:if test="@attached = 0">, not attached</xsl:if></th>
       <td data-label="Path" class="path"><bdi><xsl:value-of select="@path"/></bdi></td>
      </tr>
     </xsl:for-each>
    </tbody>
   </table>
  </xsl:if>
  <xsl:if test="w:named_file[not(@attached = 1)]">
   <table>
    <caption>Files that it only names in entry ids</caption>
    <thead><tr><th scope="col">Kind</th><th scope="col">Path</th><th scope="col">Attached</th><th scope="col">Named in</th></tr></thead>
    <tbody>
     <xsl:for-each select="w:named_file[not(@attached = 1)]">
      <tr>
       <th scope="row" data-label="Kind"><xsl:value-of select="@kind"/></th>
       <td data-label="Path" class="path"><bdi><xsl:value-of select="@path"/></bdi></td>
       <td data-label="Attached">
        <xsl:choose>
         <xsl:when test="@attached = 0">no; it was once (inferred)</xsl:when>
         <xsl:otherwise>cannot be told</xsl:otherwise>
        </xsl:choose>
       </td>
       <td data-label="Named in" class="mono path">
        <xsl:for-each select="w:named_in">
         <xsl:if test="position() &gt; 1"><br/></xsl:if>
         <bdi><xsl:value-of select="concat(@section, '\', @value_name)"/></bdi>
        </xsl:for-each>
       </td>
      </tr>
     </xsl:for-each>
    </tbody>
   </table>
  </xsl:if>
  <xsl:if test="w:account">
   <table>
    <caption>Accounts</caption>
    <thead><tr><th scope="col">Account</th><th scope="col">Kind</th><th scope="col">E-mail</th><th scope="col">Servers</th><th scope="col">Settings</th></tr></thead>
    <tbody>
     <xsl:for-each select="w:account">
      <tr>
       <th scope="row" data-label="Account"><bdi><xsl:value-of select="@name"/></bdi><xsl:if test="@default = 1"> (first)</xsl:if></th>
       <td data-label="Kind"><xsl:value-of select="@kind"/></td>
       <td data-label="E-mail"><bdi><xsl:value-of select="@email"/></bdi><xsl:text> </xsl:text><span class="dim"><bdi><xsl:value-of select="@display_name"/></bdi></span></td>
       <td data-label="Servers">
        <xsl:for-each select="w:server">
         <xsl:if test="position() &gt; 1"><br/></xsl:if>
         <xsl:value-of select="@protocol"/><xsl:text> </xsl:text><bdi><xsl:value-of select="@host"/></bdi>
         <xsl:if test="@port">, port <xsl:value-of select="@port"/><xsl:if test="@port_is_default"> (default)</xsl:if></xsl:if>
         <xsl:if test="@encryption">, encryption <xsl:value-of select="@encryption"/><xsl:if test="@encryption_is_default"> (default)</xsl:if></xsl:if>
         <xsl:if test="@user">, user <bdi><xsl:value-of select="@user"/></bdi></xsl:if>
         <xsl:if test="@leave = 1">, mail stays on the server<xsl:if test="@leave_days"> for <xsl:value-of select="@leave_days"/> days</xsl:if></xsl:if>
        </xsl:for-each>
       </td>
       <td data-label="Settings">
        <details>
         <summary><xsl:value-of select="count(w:setting)"/><span class="hidden"> settings of this account</span></summary>
         <ul class="plain">
          <xsl:for-each select="w:setting">
           <li><bdi><xsl:value-of select="@name"/></bdi>: <bdi class="mono"><xsl:value-of select="@value"/></bdi></li>
          </xsl:for-each>
         </ul>
        </details>
       </td>
      </tr>
     </xsl:for-each>
    </tbody>
   </table>
  </xsl:if>
  <xsl:for-each select="w:account_numbers[@gone &gt; 0]">
   <p>
    <xsl:call-template name="many">
     <xsl:with-param name="n" select="@gone"/>
     <xsl:with-param name="of" select="'account'"/>
    </xsl:call-template>
    <xsl:text> more </xsl:text>
    <xsl:choose><xsl:when test="@gone = 1">was</xsl:when><xsl:otherwise>were</xsl:otherwise></xsl:choose>
    <xsl:text> numbered once and </xsl:text>
    <xsl:choose><xsl:when test="@gone = 1">is</xsl:when><xsl:otherwise>are</xsl:otherwise></xsl:choose>
    <xsl:text> no longer there (inferred): the next would get number </xsl:text>
    <xsl:value-of select="@next"/>
    <xsl:if test="w:gone_account[@name]">
     <xsl:text>. Of these settings stayed behind: </xsl:text>
     <xsl:for-each select="w:gone_account[@name]">
      <xsl:if test="position() &gt; 1">, </xsl:if>
      <bdi><xsl:value-of select="@name"/></bdi>
     </xsl:for-each>
    </xsl:if>
    <xsl:text>.</xsl:text>
   </p>
  </xsl:for-each>
  <xsl:if test="w:secret">
   <p>
    <xsl:text>Held back, for they are secret: </xsl:text>
    <xsl:for-each select="w:secret">
     <xsl:if test="position() &gt; 1">, </xsl:if>
     <bdi><xsl:value-of select="@name"/></bdi> (<xsl:value-of select="@bytes"/> bytes)
    </xsl:for-each>
   </p>
  </xsl:if>
  <xsl:if test="w:problem">
   <ul>
    <xsl:for-each select="w:problem">
     <li>
      <strong><xsl:call-template name="words"><xsl:with-param name="code" select="@code"/></xsl:call-template></strong>
      <xsl:text> </xsl:text>
      <bdi class="mono"><xsl:value-of select="concat(@section, ' ', @value_name, ' ', @uid)"/></bdi>
     </li>
    </xsl:for-each>
   </ul>
  </xsl:if>
  <xsl:if test="w:property">
   <details>
    <summary>Decoded properties (<xsl:value-of select="count(w:property)"/><xsl:if test="w:tags/@unnamed &gt; 0">, <xsl:value-of select="w:tags/@unnamed"/> of all without a known name</xsl:if>)</summary>
    <table>
     <caption>Properties</caption>
     <thead><tr><th scope="col">Property</th><th scope="col">Value</th><th scope="col">Section</th></tr></thead>
     <tbody>
      <xsl:for-each select="w:property[position() &lt;= $cells]">
       <tr>
        <th scope="row" data-label="Property">
         <span class="mono"><xsl:value-of select="@tag"/></span>
         <xsl:if test="@name"><br/><xsl:value-of select="@name"/><xsl:if test="@unpublished"> (unpublished)</xsl:if></xsl:if>
         <span class="dim"><xsl:text> </xsl:text><xsl:value-of select="@type"/></span>
        </th>
        <td data-label="Value">
         <bdi><xsl:value-of select="@value"/></bdi>
         <xsl:if test="@meaning"><br/><xsl:value-of select="@meaning"/></xsl:if>
         <xsl:if test="@unknown"><span class="dim"> (bytes lost: <xsl:value-of select="@unknown"/>)</span></xsl:if>
        </td>
        <td data-label="Section" class="mono path"><bdi><xsl:value-of select="@section"/></bdi></td>
       </tr>
      </xsl:for-each>
     </tbody>
    </table>
    <xsl:call-template name="more">
     <xsl:with-param name="n" select="count(w:property)"/>
     <xsl:with-param name="shown" select="$cells"/>
    </xsl:call-template>
   </details>
  </xsl:if>
  <xsl:if test="r:cellobject">
   <details>
    <summary>Keys and values as they stand in the file (<xsl:value-of select="count(r:cellobject)"/>)</summary>
    <xsl:call-template name="cells"><xsl:with-param name="cell" select="r:cellobject"/></xsl:call-template>
   </details>
  </xsl:if>
  <xsl:call-template name="left_out"/>
 </xsl:template>

 <!-- ==== bytes ==== -->

 <xsl:template name="cells">
  <xsl:param name="cell"/>
  <table class="cells">
   <caption>Keys and values, their place and bytes</caption>
   <thead>
    <tr><th scope="col">Path</th><th scope="col">Place and SHA-256 of each run of bytes</th><th scope="col">Data</th></tr>
   </thead>
   <tbody>
    <xsl:for-each select="$cell[position() &lt;= $cells]">
     <xsl:call-template name="cell"/>
     <xsl:for-each select="delta:original_cellobject">
      <xsl:call-template name="cell"><xsl:with-param name="earlier" select="true()"/></xsl:call-template>
     </xsl:for-each>
    </xsl:for-each>
   </tbody>
  </table>
  <xsl:call-template name="more">
   <xsl:with-param name="n" select="count($cell)"/>
   <xsl:with-param name="shown" select="$cells"/>
  </xsl:call-template>
 </xsl:template>

 <xsl:template name="cell">
  <xsl:param name="earlier" select="false()"/>
  <!-- Where nothing else is said, the bytes stand in the hive of this snapshot: see
       byte_runs in wmsdiff-report(5). -->
  <xsl:variable name="after" select="not($earlier) and
    (@delta:new_cell or @delta:modified_cell or ancestor::w:change/@kind = 'added')"/>
  <xsl:variable name="home" select="key('id', ancestor::w:comparison/@after[$after] |
    ancestor::w:comparison/@before[not($after)] | ancestor::w:snapshot/@id)/@input"/>
  <tr>
   <th scope="row" data-label="Path" class="path">
    <bdi><xsl:value-of select="r:cellpath"/></bdi>
    <span class="dim">
     <xsl:choose>
      <xsl:when test="r:name_type = 'k'"> key</xsl:when>
      <xsl:when test="r:basename = ''"> default value</xsl:when>
      <xsl:otherwise> value</xsl:otherwise>
     </xsl:choose>
     <xsl:if test="$earlier">, as it was</xsl:if>
     <xsl:if test="@delta:deleted_cell">, deleted</xsl:if>
     <xsl:if test="@delta:new_cell">, new</xsl:if>
     <xsl:if test="@delta:modified_cell">, changed</xsl:if>
     <xsl:if test="@origin">, from <xsl:value-of select="@origin"/> bytes, path <xsl:value-of select="@path_certainty"/></xsl:if>
     <xsl:if test="@inferred">, inferred: <xsl:value-of select="@inferred"/></xsl:if>
    </span>
   </th>
   <td data-label="Place">
    <ul class="plain">
     <xsl:for-each select="d:byte_runs/d:byte_run">
      <li>
       <xsl:call-template name="link">
        <xsl:with-param name="to" select="string(@input | $home[not(current()/@input)])"/>
       </xsl:call-template>
       <xsl:text> at </xsl:text><xsl:value-of select="@file_offset"/>
       <xsl:text>, </xsl:text><xsl:value-of select="@len"/><xsl:text> bytes </xsl:text>
       <span class="mono hash"><xsl:value-of select="d:hashdigest"/></span>
      </li>
     </xsl:for-each>
    </ul>
   </td>
   <td data-label="Data">
    <xsl:if test="r:mtime">
     <xsl:text>last written </xsl:text>
     <xsl:call-template name="exact"><xsl:with-param name="at" select="r:mtime"/></xsl:call-template>
    </xsl:if>
    <xsl:if test="r:data_type">
     <span class="dim"><xsl:value-of select="r:data_type"/><xsl:if test="not(r:data/@redacted)">, <xsl:value-of select="r:data/@data_bytes"/> bytes</xsl:if></span>
     <xsl:choose>
      <xsl:when test="r:data/@redacted"> held back: secret</xsl:when>
      <xsl:otherwise>
       <code class="hex"><xsl:value-of select="r:data"/>
        <xsl:if test="r:data/@data_bytes &gt; 256"> …</xsl:if></code>
      </xsl:otherwise>
     </xsl:choose>
     <xsl:if test="r:data/@unknown"><span class="dim"> lost (offset+length): <xsl:value-of select="r:data/@unknown"/></span></xsl:if>
     <xsl:if test="r:data/@inferred_bytes"><span class="dim"> concluded (offset+length): <xsl:value-of select="r:data/@inferred_bytes"/></span></xsl:if>
    </xsl:if>
   </td>
  </tr>
 </xsl:template>
</xsl:stylesheet>
